-- Lines without a submission, and submissions without an event.
select 'Line ' || line.id || ' belongs to submission ' || line.submission || ', which is not there.'
from line
left join submission on submission.id = line.submission
where submission.id is null

union all

select 'Submission ' || submission.id || ' has no event, so nobody knows its status.'
from submission
left join submission_event on submission_event.submission = submission.id
where submission_event.id is null

union all

select 'Line ' || line_service.line || ' is mapped to ' || line_service.service || ' but is not there.'
from line_service
left join line on line.id = line_service.line
where line.id is null
