-- A city share is its two numbers, never a decimal cut short: an amount's part is worked out in whole pennies,
-- a half rounded away from nought. Shares whose ratio is the same err together, whoever's money it is; a share
-- that is the whole errs with its own body alone (method page, section 6).
create or replace macro city_part(amount, numerator, denominator) as cast(
    cast(
        sign(amount)
        * (
            (
                2 * abs(cast(amount * 100 as hugeint)) * cast(numerator * 10000000000 as hugeint)
                + cast(denominator * 10000000000 as hugeint)
            )
            // (2 * cast(denominator * 10000000000 as hugeint))
        ) as decimal(30, 0)
    ) * 0.01::decimal(3, 2) as decimal(18, 2)
);

create or replace view city_share as
select
    share.*,
    cast(round(share.numerator / share.denominator, 10) as decimal(12, 10)) as value,
    case
        when share.numerator <> share.denominator then cast(share.numerator / share.denominator as varchar)
    end as errs_with
from share;
