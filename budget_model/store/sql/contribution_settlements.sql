-- What was last agreed about each transfer of one year that its two sides state differently.
select
    transfer,
    arg_max(settled, made_at),
    arg_max(note, made_at),
    arg_max(made_by, made_at),
    epoch_us(max(made_at))
from settlement
where year = $year
group by transfer
