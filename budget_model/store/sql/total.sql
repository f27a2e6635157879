-- The place's total in one scope: before and after what is counted twice, what is sure, what is unmapped.
with in_scope as ({in_scope})

select
    coalesce(sum(amount) filter (where entry = 'line'), 0)::decimal(18, 2) as gross,
    coalesce(-sum(amount) filter (where entry <> 'line'), 0)::decimal(18, 2) as eliminated,
    coalesce(sum(amount), 0)::decimal(18, 2) as total,
    coalesce(sum(amount) filter (where service = 'unmapped'), 0)::decimal(18, 2) as unmapped,
    coalesce(sum(amount) filter (where grade <= 3), 0)::decimal(18, 2) as sure,
    count(distinct organisation) filter (where entry = 'line') as organisations,
    count(distinct line) filter (where entry = 'line') as lines
from in_scope
