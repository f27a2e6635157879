-- The opportunities whose decision got a state after the last pack of a story for a scope was made.
select distinct subject
from audit_entry
where what in ('decision registered', 'decision state')
  and number > (
    select coalesce(max(number), 0)
    from audit_entry
    where what = 'board pack made'
      and subject = $story
      and after = $link
)
