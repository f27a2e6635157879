-- What passes between mapped bodies of the place and is taken out once, transfer by transfer, in pounds.
select
    transfer.id,
    transfer.payer,
    transfer.payee,
    transfer.what,
    transfer.source,
    (-sum(mapped_sum.amount))::decimal(18, 2) as amount
from mapped_sum
join transfer on transfer.id = mapped_sum.transfer and transfer.year = mapped_sum.year
where mapped_sum.year = $year
  and (($phase is null and mapped_sum.best) or mapped_sum.phase = $phase)
  and mapped_sum.entry = 'out of commissioner view'
  and (mapped_sum.switches & $switched_off) = 0
group by all
order by amount desc, transfer.id
