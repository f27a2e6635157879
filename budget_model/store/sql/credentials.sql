-- The last proof of a kind that each person gave, and until when it holds, in microseconds.
select account, arg_max(proof, id), epoch_us(arg_max(until, id) filter (where true))
from credential
where kind = $kind
group by account
order by account
