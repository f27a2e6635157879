-- What one submission is of: organisation, year, phase and part.
select organisation, year, phase, part
from submission
where id = $submission
