-- What the audit says was done to some things after one of its entries, in order.
select number, made_by, epoch_us(made_at), what, before, after
from audit_entry
where number > $number
  and list_contains($subjects, subject)
  and len(list_filter($begins, lambda begin: starts_with(what, begin))) > 0
order by number
