-- Keep the sums of one year's map at the grain that most pages ask for, so that a scope change reads some
-- thousands of sums and not every line. Made with the map, and held to it by a check.
insert into mapped_sum by name
select
    entry,
    transfer,
    submission,
    organisation,
    organisation_type,
    year,
    phase,
    best,
    side,
    kind,
    theme,
    funding,
    grade,
    provenance,
    share,
    switches,
    case service when 'unmapped' then 'unmapped' else 'mapped' end as service,
    service in (
        select link.service
        from target_service as link
        join target on target.id = link.target
        -- what is made up counts only where every measure is
        where link.strength > 0 and (not target.illustrative or (select bool_and(illustrative) from target))
    ) as linked,
    sum(amount)::decimal(18, 2) as amount,
    count(*) filter (where first) as lines
from mapped
where $year is null or year = $year
group by all
