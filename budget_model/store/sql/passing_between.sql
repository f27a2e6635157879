-- What passes between mapped bodies of the place and is taken out once, transfer by transfer, in pounds.
select
    transfer.id,
    transfer.payer,
    transfer.payee,
    transfer.what,
    transfer.source,
    (-sum(mapped.amount))::decimal(18, 2) as amount
from mapped
join transfer on transfer.id = mapped.transfer and transfer.year = mapped.year
where mapped.year = $year
  and (($phase is null and mapped.best) or mapped.phase = $phase)
  and mapped.entry = 'out of commissioner view'
  and (mapped.switches & $switched_off) = 0
group by all
order by amount desc, transfer.id
