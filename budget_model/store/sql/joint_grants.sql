-- What each body gets from each funding stream of a kind, this year and the year before, pounds.
select
    organisation.name || ': ' || funding_stream.name as name,
    (sum(funding.amount) filter (where funding.year = $year))::decimal(18, 2) as this_year,
    (sum(funding.amount) filter (where funding.year = $last_year))::decimal(18, 2) as last_year
from funding
join funding_stream on funding_stream.id = funding.stream
join organisation on organisation.id = funding.organisation
where funding_stream.origin = $origin
group by organisation.name, funding_stream.name
having this_year is not null
order by name
