-- The file that one submission was read from.
select submission.file, original.bytes
from submission
join original on original.sha256 = submission.sha256
where submission.id = $submission
limit 1
