-- Every file of grants or payments to voluntary bodies that is in force, the earliest first.
select id, sha256, name, kind, body, said, epoch_us(made_at), made_by, account
from voluntary_file
where not withdrawn
  and id in (select max(id) from voluntary_file group by sha256)
order by id
