-- Who wrote the present wording of every pool, those withdrawn among them.
select id, made_by
from pool
where wording in (select max(wording) from pool group by id)
order by id
