-- All that was done and said about decisions, in order.
select opportunity, what, state, owner, review_on, comment, money, epoch_us(made_at) as made_at, made_by
from decision_event
order by id
