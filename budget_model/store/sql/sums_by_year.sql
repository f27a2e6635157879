-- A fingerprint of the sums of each year's map, to tell which years a change would move.
select year, sum(hash(cast(kept as varchar))::hugeint)
from mapped_sum as kept
group by year
