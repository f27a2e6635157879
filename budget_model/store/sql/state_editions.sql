-- Drafts and published editions of the State of the City, the oldest first; a draft has the number 0.
select entry, number, name, words, facts, map_version, epoch_us(made_at), made_by
from state_edition
order by entry
