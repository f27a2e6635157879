-- What was agreed of stages of need, every word of it, the oldest first.
select id, organisation, code, words, shares, grade, reason, withdrawn, epoch_us(made_at), made_by
from stage_agreed
order by id
