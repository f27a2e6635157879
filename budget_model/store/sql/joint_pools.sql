-- The present wording of every pool that was not withdrawn.
select said
from pool
where wording in (select max(wording) from pool group by id) and not withdrawn
order by name, id
