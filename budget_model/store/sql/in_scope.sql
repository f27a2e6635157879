-- The entries of the map that a scope asks for. Money needs all of its switches on; an elimination needs
-- those of both of its ends.
select *
from {map}
where {of_year}
  and (($phase is null and best) or phase = $phase)
  and (entry = 'line' or entry = $deducted)
  and (switches & $switched_off) = 0
  and ($net or side = 'expenditure')
  and (len($organisations) = 0 or list_contains($organisations, organisation))
  and (len($themes) = 0 or list_contains($themes, theme))
