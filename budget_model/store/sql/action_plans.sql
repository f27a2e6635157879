-- The present wording of every action plan that was not withdrawn.
select id, said, epoch_us(made_at), made_by
from action_plan
where id in (select max(id) from action_plan group by opportunity) and not withdrawn
order by opportunity
