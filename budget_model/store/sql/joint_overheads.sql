-- What each body spends on back-office functions, and what it buys for its services, pounds. Money passed on
-- to others is left where it is: it has no back office in it.
with in_scope as ({in_scope})

select
    in_scope.organisation,
    coalesce(service.back_office_function, '') as back_office_function,
    in_scope.nature,
    in_scope.kind,
    sum(in_scope.amount)::decimal(18, 2) as amount,
    line.committed_until
from in_scope
join line on line.id = in_scope.line
left join service on service.id = in_scope.service
where in_scope.side = 'expenditure'
group by all
order by all
