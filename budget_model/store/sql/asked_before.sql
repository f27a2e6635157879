-- The last letter that asked for each body's figures.
select subject, arg_max(made_by, number), epoch_us(arg_max(made_at, number)), arg_max(after, number)
from audit_entry
where what = $what
group by subject
