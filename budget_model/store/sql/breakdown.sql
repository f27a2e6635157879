-- What is spent along one or more dimensions, and how far each part may be off (as for the total); the rows
-- add up to the total to the penny.
with in_scope as ({in_scope}),

grouped as (
    select
        {dimensions}
        coalesce(ratio.errs_with, organisation) as errs_with,
        sum(amount) as amount,
        sum(amount) filter (where entry = 'line') as gross,
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
)

select
    {dimensions}
    sum(amount)::decimal(18, 2) as whole,
    coalesce(sum(gross), 0)::decimal(18, 2) as gross,
    (coalesce(sum(gross), 0) - sum(amount))::decimal(18, 2) as eliminated,
    sqrt(sum(band * band)) as band
from grouped
group by all
order by whole desc, {dimensions} gross
