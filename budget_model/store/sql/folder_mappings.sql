-- What each line in force pays for, as a place's folder says it: the services with their parts, the largest first.
select
    line.id,
    submission.organisation,
    coalesce(line.code, '') as code,
    line.description,
    list(line_service.service order by line_service.share desc, line_service.service) as services,
    list(line_service.share order by line_service.share desc, line_service.service) as parts,
    coalesce(line.funding_stream, '') as funding_stream,
    line.ring_fence,
    line.nature,
    line.kind,
    line.discretion,
    line.stage,
    case when line.grade <> submission.grade then line.grade end as grade,
    coalesce(line.area, '') as area,
    line.committed_until,
    any_value(line_service.made_by) as made_by,
    case when line.provenance <> submission.provenance then line.provenance end as provenance
from line
join submission on submission.id = line.submission
join submission_now on submission_now.submission = submission.id
join line_service on line_service.line = line.id
where submission_now.status = 'approved'
group by all
order by line.id
