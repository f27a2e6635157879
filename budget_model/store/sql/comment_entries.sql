-- Every comment, answer and settlement of comments, the oldest first.
select id, thread, about, subject, step, said, epoch_us(made_at), made_by
from comment_entry
order by id
