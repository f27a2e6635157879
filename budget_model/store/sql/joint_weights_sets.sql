-- The last set of weights saved under each name.
select name, said
from weights_set
where id in (select max(id) from weights_set group by name) and not withdrawn
order by name
