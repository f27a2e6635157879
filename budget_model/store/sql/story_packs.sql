-- The packs made of one story for one scope, the latest first.
select entry, story, link, figures, strftime(made_at at time zone 'UTC', '%Y-%m-%d %H:%M'), made_by
from pack_made
where story = $story
  and link = $link
order by entry desc
limit $limit
