-- Every published map without its file, the latest first.
select number, name, note, epoch_us(made_at) as made_at, made_by, program, format, sha256, size, figures
from map_version
order by number desc
