-- What each organisation last answered to each question about its data for one year.
select
    organisation,
    question,
    arg_max(points, rowid),
    arg_max(note, rowid),
    epoch_us(arg_max(made_at, rowid)),
    arg_max(made_by, rowid)
from self_assessment
where year = $year
group by organisation, question
order by organisation, question
