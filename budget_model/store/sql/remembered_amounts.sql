-- What the lines of one code and wording came to when their body last sent them, income taken off, of those that may be read.
with sent as (
    select
        submission.organisation,
        coalesce(line.code, '') as code,
        line.description,
        submission.year,
        submission.id as submission,
        sum(line.amount * case line.side when 'income' then -1 else 1 end)::decimal(18, 2) as pounds
    from line
    join submission on submission.id = line.submission
    join submission_now on submission_now.submission = submission.id
    where submission_now.status = 'approved'
      and (
          line.sensitivity = 'public'
          or $every_line
          or list_contains($own, submission.organisation)
          or (line.sensitivity = 'partners' and $partner)
      )
    group by all
)

select
    organisation,
    code,
    description,
    arg_max(year, (year, submission)) as year,
    arg_max(pounds, (year, submission)) as pounds
from sent
group by organisation, code, description
