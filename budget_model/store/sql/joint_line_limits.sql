-- How much some lines hold in one scope, the place's share of them, pounds.
with in_scope as ({in_scope})

select
    in_scope.line,
    in_scope.organisation,
    any_value(line.description) as description,
    sum(in_scope.amount)::decimal(18, 2) as amount
from in_scope
join line on line.id = in_scope.line
where list_contains($lines, in_scope.line)
group by in_scope.line, in_scope.organisation
order by in_scope.line
