-- What was last agreed about each transfer of one year that its two sides state differently.
select
    transfer,
    arg_max(settled, rowid),
    arg_max(note, rowid),
    arg_max(made_by, rowid),
    epoch_us(arg_max(made_at, rowid))
from settlement
where year = $year
group by transfer
