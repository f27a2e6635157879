-- The lines of one submission added up sheet by sheet, in the order of the file.
select
    sheet,
    count(*) as lines,
    coalesce(sum(amount) filter (where side = 'expenditure'), 0)::decimal(18, 2) as expenditure,
    coalesce(sum(amount) filter (where side = 'income'), 0)::decimal(18, 2) as income
from line
where submission = $submission
group by sheet
order by min(id)
