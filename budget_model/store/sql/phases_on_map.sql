-- The phases that have lines on the map of one year.
select distinct phase
from mapped
where year = $year and entry = 'line'
order by phase
