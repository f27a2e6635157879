-- The money in scope by what is known of its stage of need, added up for each body, service and group of people.
{staged}

select
    organisation,
    service,
    client_group,
    kind,
    stated,
    usual,
    rule,
    agreed,
    sum(amount)::decimal(18, 2) as amount,
    count(distinct line) as lines
from staged
group by all
order by all
