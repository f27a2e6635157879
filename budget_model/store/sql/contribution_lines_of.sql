-- The lines of some submissions as they were sent, with what each pays for, in the order of the file.
select
    line.id,
    line.sheet,
    line.sheet_row as "row",
    line.sheet_column as "column",
    line.code,
    line.description,
    line.headings,
    line.measure,
    line.amount,
    line.side,
    line.kind,
    line.nature,
    line.funding_stream,
    line.ring_fence,
    line.discretion,
    line.stage,
    line.committed_until,
    line.area,
    line.provider_type,
    coalesce(line.client_groups, []) as client_groups,
    line.sensitivity,
    line.grade,
    line.share,
    line.attributes,
    list_transform(
        list_sort(list({'order': -line_service.share, 'service': line_service.service, 'share': line_service.share})
            filter (where line_service.service is not null)),
        lambda part: {'service': part.service, 'share': part.share}
    ) as services,
    coalesce(any_value(line_service.made_by), '') as mapped_by,
    coalesce(any_value(line_service.confidence), 0) as confidence,
    coalesce(any_value(line_service.reason), '') as reason
from line
left join line_service on line_service.line = line.id
where list_contains($submissions, line.submission)
group by all
order by line.id
