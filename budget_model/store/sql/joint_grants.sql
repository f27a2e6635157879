-- What each body gets from each funding stream of some origins, in one year and in another, pounds.
select
    funding.organisation,
    organisation.name as organisation_name,
    funding_stream.id as stream,
    funding_stream.name as stream_name,
    (sum(funding.amount) filter (where funding.year = $year))::decimal(18, 2) as this_year,
    (sum(funding.amount) filter (where funding.year = $against))::decimal(18, 2) as last_year
from funding
join funding_stream on funding_stream.id = funding.stream
join organisation on organisation.id = funding.organisation
where list_contains($origins, funding_stream.origin)
group by all
having this_year is not null
order by organisation_name, stream_name
