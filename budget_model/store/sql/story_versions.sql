-- Every version of one story, the latest first.
select
    id,
    name,
    about,
    shipped,
    version,
    strftime(made_at at time zone 'UTC', '%Y-%m-%d %H:%M'),
    made_by,
    taken_away
from story
where id = $id
order by version desc
