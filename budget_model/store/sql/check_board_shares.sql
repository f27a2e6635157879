-- Services whose delivery boards' shares do not make one.
select 'The delivery boards'' shares of ' || service.id || ' make ' || coalesce(sum(board_share.share), 0) || '.'
from service
left join board_share on board_share.service = service.id
group by service.id
having coalesce(sum(board_share.share), 0) <> 1
