-- Put what is counted twice on the map, as amounts less than nought beside the parts they are taken from.
-- Those of the best-phase map carry no phase; those of one phase's map are never the best phase's.
insert into mapped by name
select
    'eliminated at ' || taken_out.side as entry,
    mapped.line,
    taken_out.transfer,
    mapped.submission,
    mapped.organisation,
    mapped.organisation_type,
    mapped.year,
    coalesce($phase, '') as phase,
    $phase is null as best,
    mapped.side,
    mapped.kind,
    mapped.service,
    mapped.theme,
    mapped.division,
    mapped.cofog,
    mapped.funding,
    mapped.nature,
    mapped.ring_fence,
    mapped.discretion,
    mapped.stage,
    mapped.area,
    mapped.client_group,
    mapped.grade,
    mapped.share,
    taken_out.switches,
    -taken_out.amount as amount
from taken_out
join mapped on mapped.rowid = taken_out.part
