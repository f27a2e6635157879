-- The transfers of one year, each side's figure as the place's share of it, in pounds.
select
    transfer.id,
    transfer.payer,
    transfer.payer_service,
    transfer.payer_lines,
    transfer.payee,
    transfer.payee_service,
    cast(round(cast(transfer.payer_amount as decimal(28, 2)) * cast(coalesce(payer.value, 1) as decimal(12, 10)), 2) as decimal(18, 2)),
    cast(round(cast(transfer.payee_amount as decimal(28, 2)) * cast(coalesce(payee.value, 1) as decimal(12, 10)), 2) as decimal(18, 2)),
    transfer.kind
from transfer
left join city_share as payer on payer.id = transfer.payer_share
left join city_share as payee on payee.id = transfer.payee_share
where transfer.year = $year
  and (transfer.payer_amount is not null or transfer.payee_amount is not null)
order by transfer.id
