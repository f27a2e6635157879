-- The lines in force of one year, or of one organisation in it, as they are compared with others: those that
-- count, of the furthest phase of each part.
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
      and submission.organisation = $organisation
),

counted as (
    select * from approved
    qualify rank = min(rank) over (partition by part)
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
    line.attributes
from counted
join line on line.submission = counted.id
order by line.id
