-- Every change of the settings that was kept on the screen, the latest first.
select number, epoch_us(made_at) as made_at, made_by, account, reason, edits, undoes
from place_change
order by number desc
