-- The years and phases of parts of bodies' budgets that were sent at more than one phase.
with sent as (
    select distinct mapped_sum.year, mapped_sum.organisation, submission.part, submission.phase
    from mapped_sum
    join submission on submission.id = mapped_sum.submission
    where mapped_sum.entry = 'line'
),

several as (
    select year, organisation, part
    from sent
    group by all
    having count(*) > 1
)

select distinct sent.year, sent.phase
from sent
join several using (year, organisation, part)
order by sent.year, sent.phase
