-- What the map holds of one submission, in the payer's view: its share of the place, and what of that is
-- counted in another body's lines.
select
    coalesce(sum(amount) filter (where entry = 'line'), 0)::decimal(18, 2) as city_amount,
    coalesce(-sum(amount) filter (where entry = 'eliminated at payee' and best), 0)::decimal(18, 2) as eliminated,
    count(*) filter (where entry = 'line' and best) > 0 as best
from mapped
where submission = $submission
