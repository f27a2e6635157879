-- Names that the place does not know.
select 'Submission ' || submission.id || ' is of ' || submission.organisation || ', which is not an organisation here.'
from submission
left join organisation on organisation.id = submission.organisation
where organisation.id is null

union all

select 'Line ' || line_service.line || ' is mapped to ' || line_service.service || ', which is not a service here.'
from line_service
left join service on service.id = line_service.service
where service.id is null

union all

select 'Line ' || line.id || ' is shared by ' || line.share || ', which is not a share here.'
from line
left join share on share.id = line.share
where share.id is null

union all

select 'Line ' || line.id || ' has grade ' || line.grade || ', which is not a grade here.'
from line
left join grade on grade.grade = line.grade
where grade.grade is null
