-- The days that were set for one year's phases; the last one set counts.
select phase, arg_max(due_on, rowid)
from due
where year = $year
group by phase
