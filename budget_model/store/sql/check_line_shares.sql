-- Lines whose services do not make the whole line.
select 'The services of line ' || line || ' make ' || sum(share) || ' of it.'
from line_service
group by line
having sum(share) <> 1
