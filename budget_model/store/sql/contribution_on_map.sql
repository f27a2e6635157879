-- What the map holds of one submission, in the payer's view: its share of the place, what that is before
-- each line is rounded, how many city shares its lines take, and what is counted in another body's lines.
with on_map as (
    select
        coalesce(sum(amount) filter (where entry = 'line'), 0)::decimal(18, 2) as city_amount,
        coalesce(-sum(amount) filter (where entry = $deducted and best), 0)::decimal(18, 2) as eliminated,
        count(*) filter (where entry = 'line' and best) > 0 as best
    from mapped
    where submission = $submission
),

by_share as (
    select
        line.share,
        city_part(
            sum(case line.side when 'income' then -line.amount else line.amount end)::decimal(18, 2),
            coalesce(any_value(city_share.numerator), 1),
            coalesce(any_value(city_share.denominator), 1)
        ) as amount
    from line
    left join city_share on city_share.id = line.share
    where line.submission = $submission
    group by line.share
),

unrounded as (
    select sum(amount)::decimal(18, 2) as amount, count(share) as shares
    from by_share
)

select on_map.city_amount, on_map.eliminated, on_map.best, coalesce(unrounded.amount, 0), unrounded.shares
from on_map
cross join unrounded
