-- What is spent in each cell of one or more dimensions, the largest first; the cells add up to the total to the penny.
with in_scope as ({in_scope})

select
    {dimensions}
    sum(amount)::decimal(18, 2) as whole
from in_scope
group by all
order by whole desc, {dimensions} whole
