-- Each day that was set for one year's phases, with the one before it, the last set first.
select
    phase,
    lag(due_on) over (partition by phase order by rowid) as before,
    due_on,
    made_by,
    epoch_us(made_at),
    reason
from due
where year = $year
order by rowid desc
