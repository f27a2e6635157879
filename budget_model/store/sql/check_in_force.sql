-- Organisations with more than one submission in force for the same year, phase and part.
select
    submission.organisation || ' has ' || count(*) || ' submissions in force for ' || submission.year || ', '
    || submission.phase || ', ' || submission.part || '.'
from submission
join submission_now on submission_now.submission = submission.id
where submission_now.status in ('approved', 'memorandum')
group by submission.organisation, submission.year, submission.phase, submission.part
having count(*) > 1
