-- The submissions of one organisation, year and part that stand or stood, the best phase and newest first.
select submission.id, submission.phase, submission_now.status
from submission
join submission_now on submission_now.submission = submission.id
where submission.organisation = $organisation
  and submission.year = $year
  and submission.part = $part
  and submission_now.status in ('approved', 'superseded')
order by
    submission_now.status = 'approved' desc,
    submission.phase = $phase desc,
    case submission.phase
        when 'outturn' then 1 when 'forecast' then 2 when 'revised budget' then 3 else 4
    end,
    submission.id desc
