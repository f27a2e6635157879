-- Who spends what, on what, how freely: the grain at which working together is decided. Where a line says
-- nothing of its own, its service's usual condition stands; debt and capital charges, and what a line calls
-- not cash, are not cash. The columns of its own file are given where one names a string. Pounds, signed as expenditure, what is counted twice taken out.
with in_scope as ({in_scope})

select
    in_scope.organisation,
    in_scope.organisation_type,
    in_scope.service,
    in_scope.theme as board,
    sum(in_scope.amount)::decimal(18, 2) as amount,
    in_scope.kind,
    case when in_scope.ring_fence = 'unknown' then coalesce(service.ring_fence, 'unknown')
        else in_scope.ring_fence
    end as ring_fence,
    case when in_scope.discretion = 'unknown' then coalesce(service.discretion, 'unknown')
        else in_scope.discretion
    end as discretion,
    line.committed_until,
    coalesce(line.area, '') as area,
    line.sensitivity,
    in_scope.grade,
    in_scope.share,
    in_scope.side,
    case when in_scope.funding = 'general' then '' else in_scope.funding end as funding,
    case when in_scope.stage = 'unknown' then coalesce(service.stage, 'unknown') else in_scope.stage end as stage,
    coalesce(line.client_groups, []) as client_groups,
    in_scope.nature <> 'capital financing' and not contains(lower(line.attributes), '"cash": "no"') as cash,
    count(distinct in_scope.line) as lines,
    case when regexp_matches(line.attributes, $strings, 'i') then line.attributes else '' end as attributes
from in_scope
join line on line.id = in_scope.line
left join service on service.id = in_scope.service
group by all
order by all
