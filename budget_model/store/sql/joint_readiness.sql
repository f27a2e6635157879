-- What partners last recorded of how ready they are.
select
    opportunity,
    arg_max_null(points, id) as points,
    arg_max_null(planned_start, id) as planned_start,
    arg_max(reason, id) as reason,
    arg_max(made_by, id) as made_by
from readiness
group by opportunity
order by opportunity
