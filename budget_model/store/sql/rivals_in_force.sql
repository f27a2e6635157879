-- The approved submissions that another one would supersede.
select rival.id
from submission
join submission as rival
    on rival.organisation = submission.organisation
    and rival.year = submission.year
    and rival.phase = submission.phase
    and rival.part = submission.part
    and rival.id <> submission.id
join submission_now on submission_now.submission = rival.id
where submission.id = $submission
  and submission_now.status = 'approved'
order by rival.id
