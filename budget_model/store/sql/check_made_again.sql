-- Parts of the map that change when it is made again.
with before as (
    select entry, line, service, theme, coalesce(transfer, '') as transfer, phase, best, switches, sum(amount) as amount
    from map_before
    group by all
),

after as (
    select entry, line, service, theme, coalesce(transfer, '') as transfer, phase, best, switches, sum(amount) as amount
    from mapped
    group by all
),

different as (
    (select * from before except select * from after)
    union all
    (select * from after except select * from before)
)

select distinct 'Line ' || line || ' (' || entry || ', ' || service || ') is otherwise when the map is made again.'
from different
