-- The place's total of one year as the map stands, whole, by service and by board, in pounds: the payer's
-- view, net, whatever the phase that is best.
with counted as (
    select service, theme, amount
    from mapped
    where year = $year and best and entry in ('line', 'eliminated at payee')
)

select 'total' as along, '' as key, coalesce(sum(amount), 0)::decimal(18, 2) as amount
from counted

union all

select 'service', service, sum(amount)::decimal(18, 2)
from counted
group by service

union all

select 'theme', theme, sum(amount)::decimal(18, 2)
from counted
group by theme
