-- Every word about measures, the oldest first.
select id, target, kind, said, epoch_us(made_at), made_by
from performance_entry
order by id
