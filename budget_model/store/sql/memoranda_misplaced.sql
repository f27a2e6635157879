-- Submissions on the map whose part the place calls a memorandum, and those beside it whose part is none.
select submission.id, submission.organisation, submission.part, submission_now.status
from submission
join submission_now on submission_now.submission = submission.id
left join memorandum on memorandum.organisation = submission.organisation and memorandum.part = submission.part
where (submission_now.status = 'approved' and memorandum.id is not null)
   or (submission_now.status = 'memorandum' and memorandum.id is null)
order by submission.id
