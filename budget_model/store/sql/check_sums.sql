-- Sums kept beside the map that are not the map's.
with whole as (
    select
        entry, organisation, year, phase, best, theme, switches, grade, provenance, share,
        service in (
            select link.service
            from target_service as link
            join target on target.id = link.target
            -- what is made up counts only where every measure is
            where link.strength > 0 and (not target.illustrative or (select bool_and(illustrative) from target))
        ) as linked,
        sum(amount) as amount, count(*) filter (where first) as lines
    from mapped
    group by all
),

kept as (
    select
        entry, organisation, year, phase, best, theme, switches, grade, provenance, share, linked,
        sum(amount) as amount, sum(lines) as lines
    from mapped_sum
    group by all
),

different as (
    (select * from whole except select * from kept)
    union all
    (select * from kept except select * from whole)
)

select distinct 'The sums kept of ' || organisation || ' in ' || year || ' (' || entry || ') are not those of its lines.'
from different
