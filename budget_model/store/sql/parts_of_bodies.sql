-- The expenditure of some organisations as it stands on the map, part by part, with its line's code.
select
    mapped.rowid as part,
    mapped.organisation,
    mapped.service,
    mapped.amount,
    mapped.switches,
    line.code
from mapped
join line on line.id = mapped.line
where mapped.year = $year
  and mapped.entry = 'line'
  and mapped.side = 'expenditure'
  and (($phase is null and mapped.best) or mapped.phase = $phase)
  and list_contains($organisations, mapped.organisation)
order by mapped.line, mapped.service, mapped.theme
