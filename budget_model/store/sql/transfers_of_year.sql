-- The transfers of one year, each side's figure as the place's share of it, in pounds, and how it came about:
-- a part by a ratio is an estimate, whatever the whole was.
select
    transfer.id,
    transfer.payer,
    transfer.payer_service,
    transfer.payer_lines,
    transfer.payee,
    transfer.payee_service,
    city_part(transfer.payer_amount, coalesce(payer.numerator, 1), coalesce(payer.denominator, 1)),
    city_part(transfer.payee_amount, coalesce(payee.numerator, 1), coalesce(payee.denominator, 1)),
    transfer.kind,
    case when payer.numerator <> payer.denominator then 'estimated' else transfer.payer_provenance end,
    case when payee.numerator <> payee.denominator then 'estimated' else transfer.payee_provenance end
from transfer
left join city_share as payer on payer.id = transfer.payer_share
left join city_share as payee on payee.id = transfer.payee_share
where transfer.year = $year
  and (transfer.payer_amount is not null or transfer.payee_amount is not null)
order by transfer.id
