-- Every role that somebody holds, by their account.
select account, arg_max(name, id) over (partition by account), role, body
from (
    select account, role, body, arg_max(name, id) as name, max(id) as id, arg_max(removed, id) as removed
    from person
    group by account, role, body
)
where not removed
order by account, id
