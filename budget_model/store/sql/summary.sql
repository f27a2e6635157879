-- The scope's money at the grain from which its total, its parts by organisation and by theme, and their
-- ranges all follow, in one pass over the map.
with in_scope as ({in_scope})

select
    organisation,
    theme,
    share,
    grade,
    entry = 'line' as gross,
    service = 'unmapped' as unmapped,
    sum(amount)::decimal(18, 2) as amount,
    sum(lines)::bigint as lines
from in_scope
group by all
