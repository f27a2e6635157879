-- The largest lines in scope whose description, code or heading says every word, of those that the reader may see.
-- The lines of the year are looked at first, for they are fewer and shorter than the entries of the map.
with said as materialized (
    select line.id
    from line
    join submission on submission.id = line.submission
    where submission.year = $year
      and contains(lower(line.description), $longest)
      and list_aggregate([contains(lower(line.description), word) for word in $words], 'bool_and')
      and (
          line.sensitivity = 'public' or $every_line or list_contains($own, submission.organisation)
          or (line.sensitivity = 'partners' and $partner)
      )
    order by abs(line.amount) desc, line.id
    limit $most
)

select line
from ({in_scope}) as in_scope
where line in (select id from said)
group by line
order by abs(sum(amount)) desc, line
limit $limit
