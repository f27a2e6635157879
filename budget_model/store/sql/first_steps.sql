-- Where a person stands in the first steps.
select guide, step, has_left
from first_steps
where account = $account
order by rowid desc
limit 1
