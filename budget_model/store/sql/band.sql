-- How far the total may be off: linear inside each organisation and share, whose error is common to all
-- its lines, then in quadrature across them (method page, section 6). Pounds.
with in_scope as ({in_scope}),

grouped as (
    select organisation, share, {dimensions}
        cast(sum(amount * $bands[grade]) as double) as band
    from in_scope
    group by all
)

select {dimensions}
    sqrt(sum(band * band)) as band
from grouped
group by all
