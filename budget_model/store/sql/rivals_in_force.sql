-- The submissions in force that another one would supersede: of the same year, phase and part, or those of
-- other parts that it takes the place of.
select rival.id
from submission
join submission as rival
    on rival.organisation = submission.organisation
    and rival.year = submission.year
    and rival.id <> submission.id
    and (
        (rival.phase = submission.phase and rival.part = submission.part)
        or rival.id in (select replaced from in_place_of where in_place_of.submission = submission.id)
    )
join submission_now on submission_now.submission = rival.id
where submission.id = $submission
  and submission_now.status in ('approved', 'memorandum')
order by rival.id
