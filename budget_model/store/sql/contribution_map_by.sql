-- The place's total in one scope, by service and by board, in pounds.
with counted as ({in_scope})

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
