-- Who was seen working on an organisation's figures since a time, the last seen first.
select person, arg_max(doing, seen_at), epoch_us(max(seen_at)) as seen_at
from presence
where organisation = $organisation and presence.seen_at >= $since
group by person
order by max(presence.seen_at) desc, person
