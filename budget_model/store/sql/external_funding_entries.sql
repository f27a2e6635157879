-- What was entered into one register of external funding, the earliest first; the last under a subject stands.
select subject, said, withdrawn
from funding_entry
where register = $register
order by id
