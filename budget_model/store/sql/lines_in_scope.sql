-- One page of the lines behind a figure, largest first, each with the way back to its cell, and beside them how
-- many there are in all and what they add up to: one row without a line where the page is empty. What is
-- eliminated from a line in this view is taken off its city amount.
with in_scope as ({in_scope}),

amounts as materialized (
    select line, sum(amount)::decimal(18, 2) as city_amount
    from in_scope
    where {chosen}
    group by line
),

whole as (
    select count(*) as how_many, coalesce(sum(city_amount), 0)::decimal(18, 2) as city_amount
    from amounts
),

page as materialized (
    select line, city_amount
    from amounts
    order by abs(city_amount) desc, line
    limit $limit offset $offset
),

chosen as (
    select
        line,
        any_value(organisation) as organisation,
        any_value(year) as year,
        string_agg(distinct service, ';' order by service) as services,
        list(distinct theme order by theme) as themes,
        any_value(funding) as funding
    from in_scope
    where {chosen} and line in (select line from page)
    group by line
)

select
    line.id as line,
    line.submission,
    chosen.organisation,
    organisation.name as organisation_name,
    line.description,
    line.code,
    line.headings,
    line.measure,
    line.side,
    line.amount,
    coalesce(share.value, 1) as share,
    coalesce(share.basis, 'direct') as share_basis,
    page.city_amount,
    chosen.services as service,
    chosen.themes,
    line.kind,
    line.nature,
    chosen.funding,
    line.ring_fence,
    line.grade,
    line.provenance,
    line.committed_until,
    line.attributes,
    chosen.year,
    submission.phase,
    submission.file,
    line.sheet,
    line.sheet_row as "row",
    line.sheet_column as "column",
    submission.read_total,
    submission.printed_total,
    submission.control_total,
    submission.control_source,
    submission.source,
    line.sensitivity,
    coalesce(mapping.made_by, '') as mapped_by,
    coalesce(mapping.reason, '') as mapping_reason,
    coalesce((
        select arg_max(explanation.words, explanation.rowid)
        from explanation
        where explanation.submission = submission.id and explanation.subject = 'difference'
    ), '') as explained,
    whole.how_many,
    whole.city_amount as whole_amount
from whole
left join page on true
left join chosen on chosen.line = page.line
left join line on line.id = page.line
left join submission on submission.id = line.submission
left join organisation on organisation.id = chosen.organisation
left join city_share as share on share.id = line.share
left join (
    select line, any_value(made_by) as made_by, any_value(reason) as reason
    from line_service
    where line in (select line from page)
    group by line
) as mapping on mapping.line = line.id
order by abs(page.city_amount) desc, line.id
