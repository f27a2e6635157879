-- Add one event to the life of a submission.
insert into submission_event by name
select
    $id as id, $submission as submission, $status as status, $made_at as made_at, $made_by as made_by,
    $reason as reason, $asked_by as asked_by
