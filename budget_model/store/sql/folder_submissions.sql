-- What is in force, as a place's folder plans it: each with the sheet that it was read from where that is one.
select
    submission.id,
    submission.file,
    case when count(distinct line.sheet) = 1 then any_value(line.sheet) else '' end as sheet,
    submission.organisation,
    submission.year,
    submission.phase,
    submission.part,
    submission.grade,
    submission.share,
    submission.read_total,
    submission.control_total,
    submission.source,
    submission.provenance,
    submission.control_source,
    submission.sha256
from submission
join submission_now on submission_now.submission = submission.id
left join line on line.submission = submission.id
where submission_now.status in ('approved', 'memorandum')
group by all
order by submission.id
