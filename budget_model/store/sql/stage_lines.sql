-- One page of the lines in scope with what is known of their stage of need, the largest first, and beside them
-- how many there are. A line of several services stands once for each.
{staged},

wanted as (
    select line, service, kind, stated, usual, rule, agreed, sum(amount)::decimal(18, 2) as amount
    from staged
    where (len($bodies) = 0 or list_contains($bodies, organisation))
    and ($every or (agreed is null and not paid_to_people(kind)))
    group by all
),

page as (
    select wanted.*, count(*) over () as how_many
    from wanted
    where amount <> 0
    order by abs(amount) desc, line, service
    limit $limit
)

select
    page.line,
    submission.organisation,
    coalesce(line.code, '') as code,
    line.description,
    line.sensitivity,
    page.service,
    page.kind,
    page.stated,
    page.usual,
    page.rule,
    page.agreed,
    page.amount,
    page.how_many
from page
join line on line.id = page.line
join submission on submission.id = line.submission
order by abs(page.amount) desc, page.line, page.service
