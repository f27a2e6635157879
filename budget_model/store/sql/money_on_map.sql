-- The lines in force of one organisation in a year, or with $others of every other one in it, as they are compared:
-- those that count, of the furthest phase of each part.
with approved as (
    select
        submission.*,
        case submission.phase
            when 'outturn' then 1 when 'forecast' then 2 when 'revised budget' then 3 else 4
        end as rank
    from submission
    join submission_now on submission_now.submission = submission.id
    where submission_now.status = 'approved'
      and submission.year = $year
      and (submission.organisation = $organisation) != $others
),

counted as (
    select * from approved
    qualify rank = min(rank) over (partition by organisation, part)
)

select
    counted.id,
    counted.part,
    counted.phase,
    counted.file,
    line.sheet,
    line.amount,
    line.side,
    line.description,
    line.headings,
    line.attributes,
    counted.organisation,
    organisation.name,
    line.sensitivity
from counted
join organisation on organisation.id = counted.organisation
join line on line.submission = counted.id
order by line.id
