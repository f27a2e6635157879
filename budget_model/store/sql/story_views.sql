-- The views of some versions of stories, in their order.
select version, page, link, chart, chosen, finding, note
from story_view
where list_contains($versions, version)
order by version, place_in_story
