-- Every line in force of one year and what each of its services comes to for the place, in pounds: what
-- leaves the product. One organisation's if one is named.
with shared as (
    select line, service, sum(amount)::decimal(18, 2) as amount, any_value(division) as division,
        any_value(cofog) as cofog, any_value(funding) as funding, any_value(area) as area
    from mapped
    where year = $year and entry = 'line'
      and ($organisation = '' or organisation = $organisation)
      and (best or not $best)
    group by line, service
)

select
    submission.organisation,
    organisation.name,
    submission.year,
    submission.phase,
    submission.part,
    line.side,
    line.kind,
    line.code,
    line.description,
    array_to_string(line.headings, ' / '),
    shared.service,
    coalesce(service.name, 'Not mapped yet'),
    shared.division,
    shared.cofog,
    shared.funding,
    line.ring_fence,
    line.nature,
    line.discretion,
    line.stage,
    shared.area,
    line.grade,
    coalesce(share.value, 1),
    coalesce(share.basis, 'direct'),
    case line.side when 'income' then -shared.amount else shared.amount end as amount,
    submission.file,
    line.sheet,
    line.sheet_column || line.sheet_row,
    line.sensitivity,
    coalesce(mapping.made_by, ''),
    coalesce(mapping.reason, ''),
    line.provenance,
    submission.id
from shared
join line on line.id = shared.line
join submission on submission.id = line.submission
join organisation on organisation.id = submission.organisation
left join service on service.id = shared.service
left join city_share as share on share.id = line.share
left join (
    select line, service, any_value(made_by) as made_by, any_value(reason) as reason
    from line_service
    group by line, service
) as mapping on mapping.line = shared.line and mapping.service = shared.service
order by organisation.place_in_file, submission.id, line.id, shared.service
