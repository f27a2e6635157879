-- Put what is counted twice on the map, as amounts less than nought beside the parts they are taken from.
-- Those of the map of best phases carry no phase unless it is the only one; those of one phase's map are
-- not the best phases' then.
insert into mapped by name
select
    taken_out.entry,
    mapped.line,
    taken_out.transfer,
    mapped.submission,
    mapped.organisation,
    mapped.organisation_type,
    mapped.year,
    $phase as phase,
    $best as best,
    mapped.side,
    false as first,
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
    mapped.provenance,
    mapped.share,
    taken_out.switches,
    -taken_out.amount as amount
from taken_out
join mapped on mapped.rowid = taken_out.part
