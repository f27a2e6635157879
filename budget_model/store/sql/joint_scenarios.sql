-- The last scenario kept under each name, the latest first.
select said
from scenario
where id in (select max(id) from scenario group by name) and not withdrawn
order by id desc
