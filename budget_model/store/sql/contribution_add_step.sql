-- Keep one step of a draft.
insert into draft_step values ($id, $draft, $kind, $content, $made_at, $made_by)
