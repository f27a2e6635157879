-- What was said of each question in each year, the oldest first.
select year, body, question, level, said, epoch_us(made_at), made_by
from self_review
order by id
