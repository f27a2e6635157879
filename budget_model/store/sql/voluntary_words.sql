-- What officers said of recipients, programmes and promises: the last word on each.
select kind, subject, arg_max(said, id), arg_max(made_by, id), epoch_us(arg_max(made_at, id))
from voluntary_word
group by kind, subject
order by kind, subject
