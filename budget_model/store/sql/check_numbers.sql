-- Numbers given twice.
select 'Submission number ' || id || ' was given ' || count(*) || ' times.'
from submission
group by id
having count(*) > 1

union all

select 'Line number ' || id || ' was given ' || count(*) || ' times.'
from line
group by id
having count(*) > 1
