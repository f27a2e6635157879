-- Every step of one draft, or of all drafts, in the order in which they were taken.
select draft, id, kind, content, epoch_us(made_at), made_by
from draft_step
where $draft is null or draft = $draft
order by draft, id
