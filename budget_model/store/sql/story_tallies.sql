-- Every vote, the latest first.
select
    opportunity,
    story,
    in_favour,
    against,
    unsure,
    strftime(made_at at time zone 'UTC', '%Y-%m-%d %H:%M'),
    made_by
from tally
where ($opportunity = '' or opportunity = $opportunity)
order by entry desc
