-- How many lines of each submission in force pay for no service yet, and what they come to, the largest first.
select
    submission.id,
    submission.organisation,
    submission.year,
    submission.phase,
    submission.part,
    count(*) as lines,
    sum(line.amount * case line.side when 'income' then -1 else 1 end)::decimal(18, 2) as pounds
from line
join submission on submission.id = line.submission
join submission_now on submission_now.submission = submission.id
where submission_now.status = 'approved'
  and not exists (select 1 from line_service where line_service.line = line.id)
group by all
order by abs(pounds) desc, submission.id
