-- Each role that was given or taken, the latest first.
select id, account, name, role, body, removed, epoch_us(made_at), made_by, reason
from person
order by id desc
limit $most
