-- The place's total in one scope: before and after what is counted twice, what is bodies' own figure, what is unmapped,
-- what is paid to people as benefits and pensions, what is on services that work towards a target,
-- and how far it may be off: linear over all that errs together (one body's own figures, or everything that
-- stands on one publication or one ratio, whoever's money it is), then in quadrature across (method page, section 6).
with in_scope as ({in_scope}),

grouped as (
    select
        organisation,
        coalesce(ratio.errs_with, organisation) as errs_with,
        sum(amount) as amount,
        sum(amount) filter (where entry = 'line') as gross,
        sum(amount) filter (where service = 'unmapped') as unmapped,
        sum(amount) filter (where linked and not paid_to_people(kind)) as linked,
        sum(amount) filter (where paid_to_people(kind)) as paid,
        sum(amount) filter (where provenance in ('stated', 'published', 'audited')) as own,
        sum(lines) as lines,
        cast(sum(amount * $bands[grade]) as double) as band
    from in_scope
    left join (
        select
            id,
            case
                when numerator <> denominator
                    then coalesce(nullif(error_source, ''), cast(numerator / denominator as varchar))
            end as errs_with
        from share
    ) as ratio on ratio.id = in_scope.share
    group by all
),

errors as (
    select sum(band) as band
    from grouped
    group by errs_with
)

select
    coalesce(sum(gross), 0)::decimal(18, 2) as gross,
    (coalesce(sum(gross), 0) - coalesce(sum(amount), 0))::decimal(18, 2) as eliminated,
    coalesce(sum(amount), 0)::decimal(18, 2) as total,
    coalesce(sum(unmapped), 0)::decimal(18, 2) as unmapped,
    coalesce(sum(linked), 0)::decimal(18, 2) as linked,
    coalesce(sum(paid), 0)::decimal(18, 2) as paid,
    coalesce(sum(own), 0)::decimal(18, 2) as own,
    count(distinct organisation) filter (where gross is not null) as organisations,
    coalesce(sum(lines), 0)::bigint as lines,
    coalesce((select sqrt(sum(band * band)) from errors), 0) as band
from grouped
