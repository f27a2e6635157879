-- Who spends what, on what, how freely: the grain at which working together is decided. Where a line says
-- nothing of its own, its service's usual condition stands; debt and capital charges, and what a line calls
-- not cash, are not cash. Pounds, signed as expenditure, what is counted twice taken out.
with in_scope as ({in_scope}),

summed as (
    select
        in_scope.line,
        in_scope.organisation,
        in_scope.organisation_type,
        in_scope.service,
        in_scope.theme,
        in_scope.kind,
        in_scope.ring_fence,
        in_scope.discretion,
        in_scope.stage,
        in_scope.funding,
        in_scope.nature,
        in_scope.grade,
        in_scope.share,
        in_scope.side,
        sum(in_scope.amount) as amount
    from in_scope
    group by all
)

select
    summed.organisation,
    summed.organisation_type,
    summed.service,
    summed.theme as board,
    sum(summed.amount)::decimal(18, 2) as amount,
    summed.kind,
    case when summed.ring_fence = 'unknown' then coalesce(service.ring_fence, 'unknown')
        else summed.ring_fence
    end as ring_fence,
    case when summed.discretion = 'unknown' then coalesce(service.discretion, 'unknown')
        else summed.discretion
    end as discretion,
    line.committed_until,
    coalesce(line.area, '') as area,
    line.sensitivity,
    summed.grade,
    summed.share,
    summed.side,
    case when summed.funding = 'general' then '' else summed.funding end as funding,
    case when summed.stage = 'unknown' then coalesce(service.stage, 'unknown') else summed.stage end as stage,
    coalesce(line.client_groups, []) as client_groups,
    summed.nature <> 'capital financing' and not contains(lower(line.attributes), '"cash": "no"') as cash,
    count(distinct summed.line) as lines
from summed
join line on line.id = summed.line
left join service on service.id = summed.service
group by all
order by all
