-- Lines in force that are not on the map, and lines on the map that are not in force.
with in_force as (
    select line.id
    from line
    join submission_now on submission_now.submission = line.submission
    where submission_now.status = 'approved'
),

on_map as (
    select distinct line as id
    from mapped
    where entry = 'line'
)

select 'Line ' || in_force.id || ' is in force but not on the map.'
from in_force
left join on_map on on_map.id = in_force.id
where on_map.id is null

union all

select 'Line ' || on_map.id || ' is on the map but not in force.'
from on_map
left join in_force on in_force.id = on_map.id
where in_force.id is null
