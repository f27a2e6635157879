-- The file of a submission with the fingerprint that was taken of it when it came.
select submission.file, original.sha256, original.bytes
from submission
join original on original.sha256 = submission.sha256
where submission.id = $submission
