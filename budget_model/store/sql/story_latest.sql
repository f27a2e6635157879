-- Every story as it stands: its last version, unless that says it was taken away. In order of first making.
with newest as (
    select id, max(version) as version, min(version) as first_version
    from story
    group by id
)

select
    story.id,
    story.name,
    story.about,
    story.shipped,
    story.version,
    strftime(story.made_at at time zone 'UTC', '%Y-%m-%d %H:%M'),
    story.made_by
from newest
join story on story.version = newest.version
where not story.taken_away
order by newest.first_version
