-- Who was asked in one consultation, or whose link has one fingerprint; in the order of their names.
select mark, consultation, name, address, sector, answered
from consultation_link
where ($consultation = '' or consultation = $consultation) and ($mark = '' or mark = $mark)
order by name, address
