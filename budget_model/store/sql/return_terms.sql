-- The grant terms of some lines by their funding stream, or that stream's id; lines of which only totals are shown say none.
select line.id, coalesce(nullif(funding_stream.terms, ''), funding_stream.id) as terms
from line
inner join funding_stream on funding_stream.id = line.funding_stream
where list_contains($lines, line.id) and line.sensitivity <> 'totals only'
order by line.id
