-- What some submissions come to, whole, by service and by board: the organisation's own pounds, net.
with signed as (
    select line.id, line.kind, case line.side when 'income' then -line.amount else line.amount end as amount
    from line
    where list_contains($submissions, line.submission)
),

parted as (
    select
        coalesce(line_service.service, 'unmapped') as service,
        case when paid_to_people(signed.kind) then 'paid-to-people' else coalesce(board_share.theme, 'unmapped') end as theme,
        cast(signed.amount as decimal(20, 2)) * coalesce(line_service.share, 1) as of_service,
        coalesce(board_share.share, 1) as board
    from signed
    left join line_service on line_service.line = signed.id
    left join board_share on board_share.service = line_service.service and not paid_to_people(signed.kind)
),

whole as (
    select line_service.line, signed.amount, coalesce(line_service.service, 'unmapped') as service,
        cast(signed.amount as decimal(20, 2)) * coalesce(line_service.share, 1) as of_service
    from signed
    left join line_service on line_service.line = signed.id
)

select 'total' as along, '' as key, coalesce(sum(amount), 0)::decimal(18, 2) as amount
from signed

union all

select 'service', service, round(sum(of_service), 2)::decimal(18, 2)
from whole
group by service

union all

select 'theme', theme, round(sum(cast(of_service as decimal(26, 8)) * cast(board as decimal(9, 6))), 2)::decimal(18, 2)
from parted
group by theme
