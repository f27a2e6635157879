-- The present wording of every return of a pooled fund that was not withdrawn.
select id, said, epoch_us(made_at), made_by
from fund_return
where id in (select max(id) from fund_return group by pool, year) and not withdrawn
order by year desc, pool
