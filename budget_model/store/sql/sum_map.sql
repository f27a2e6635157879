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
    service in (select service from target_service where strength > 0) as linked,
    sum(amount)::decimal(18, 2) as amount,
    count(*) filter (where first) as lines
from mapped
where $year is null or year = $year
group by all
