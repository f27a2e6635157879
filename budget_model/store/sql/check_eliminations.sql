-- Lines from which more is eliminated than they hold, on either side.
with held as (
    select line, service, theme, sum(amount) as amount
    from mapped
    where entry = 'line'
    group by line, service, theme
),

taken as (
    select line, service, theme, entry, phase, sum(amount) as amount
    from mapped
    where entry <> 'line'
    group by line, service, theme, entry, phase
)

select 'Line ' || taken.line || ' holds ' || coalesce(held.amount, 0) || ', but ' || -taken.amount || ' is ' || taken.entry || '.'
from taken
left join held
    on held.line = taken.line and held.service = taken.service and held.theme = taken.theme
where -taken.amount > coalesce(held.amount, 0)
