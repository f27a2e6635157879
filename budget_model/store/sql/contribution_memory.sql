-- Every mapping that a person confirmed or took back, oldest first.
select organisation, code, description, headings, services, made_by, epoch_us(made_at), taken_back
from mapping_memory
order by rowid
