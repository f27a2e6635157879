-- What is spent along one or more dimensions; the rows add up to the total to the penny.
with in_scope as ({in_scope})

select {dimensions}
    sum(amount)::decimal(18, 2) as amount,
    coalesce(sum(amount) filter (where entry = 'line'), 0)::decimal(18, 2) as gross,
    coalesce(-sum(amount) filter (where entry <> 'line'), 0)::decimal(18, 2) as eliminated
from in_scope
group by all
order by amount desc, {dimensions} gross desc
