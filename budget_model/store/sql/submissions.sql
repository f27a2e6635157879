-- Every submission of a year, with its totals and its state; the newest of each organisation first.
with summed as (
    select
        submission,
        count(*) as lines,
        coalesce(sum(amount) filter (where side = 'expenditure'), 0)::decimal(18, 2) as expenditure,
        coalesce(sum(amount) filter (where side = 'income'), 0)::decimal(18, 2) as income
    from line
    group by submission
)

select
    submission.id,
    submission.organisation,
    organisation.name,
    submission.year,
    submission.phase,
    submission.part,
    submission.file,
    submission.sha256,
    submission_now.status,
    coalesce(summed.lines, 0),
    coalesce(summed.expenditure, 0),
    coalesce(summed.income, 0),
    submission.read_total,
    submission.printed_total,
    submission.control_total,
    submission.grade,
    submission.share,
    submission.source,
    submission_now.made_by,
    strftime(submission_now.made_at at time zone 'UTC', '%Y-%m-%d %H:%M'),
    coalesce((
        select arg_max(explanation.words, explanation.rowid)
        from explanation
        where explanation.submission = submission.id and explanation.subject = 'difference'
    ), '') as explained,
    submission.provenance,
    submission.control_source
from submission
join submission_now on submission_now.submission = submission.id
left join organisation on organisation.id = submission.organisation
left join summed on summed.submission = submission.id
where ($year = '' or submission.year = $year)
  and ($organisation = '' or submission.organisation = $organisation)
order by organisation.place_in_file, submission.year, submission.part, submission.id desc
