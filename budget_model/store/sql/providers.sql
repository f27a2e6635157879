-- What sort of provider the lines in a scope name for their money, as far as they say; '' where they do not.
with in_scope as ({in_scope})

select coalesce(line.provider_type, '') as provider, sum(in_scope.amount)::decimal(18, 2) as amount
from in_scope
left join line on line.id = in_scope.line
group by all
order by all
