-- Maps as they are compared: pounds of the place by body, part of its budget, service, board and share; what
-- is counted once by its two ends.
with in_scope as ({in_scope})

select
    in_scope.year,
    in_scope.organisation,
    submission.part,
    submission.phase,
    in_scope.service,
    in_scope.theme,
    in_scope.share,
    coalesce(transfer.payer, '') as payer,
    coalesce(transfer.payee, '') as payee,
    sum(in_scope.amount)::decimal(18, 2) as amount
from in_scope
join submission on submission.id = in_scope.submission
left join transfer on transfer.id = in_scope.transfer and transfer.year = in_scope.year
group by all
order by all
