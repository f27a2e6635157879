-- Submissions whose lines do not add up to what was read.
select
    'Submission ' || submission.id || ' (' || submission.file || ') says that ' || submission.read_total
    || ' was read, its lines make '
    || coalesce(sum(case line.side when 'income' then -line.amount else line.amount end), 0) || '.'
from submission
left join line on line.submission = submission.id
group by submission.id, submission.file, submission.read_total
having submission.read_total
    <> coalesce(sum(case line.side when 'income' then -line.amount else line.amount end), 0)
