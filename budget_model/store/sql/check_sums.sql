-- Sums kept beside the map that are not the map's.
with whole as (
    select
        entry, organisation, year, phase, best, theme, switches, grade, provenance, share,
        service in (select service from target_service where strength > 0) as linked,
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
