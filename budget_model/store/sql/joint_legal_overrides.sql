-- The legal advice that stands: the last on each subject that was not withdrawn.
select subject, key, level, reason, made_by, epoch_us(made_at) as made_at
from legal_override
where id in (select max(id) from legal_override group by subject, key) and not withdrawn
order by subject, key
