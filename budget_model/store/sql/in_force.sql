-- The submissions in force of one organisation, year, phase and part, and those named besides of the same
-- organisation, and the hashes of their files.
select submission.id, submission.sha256
from submission
join submission_now on submission_now.submission = submission.id
where submission_now.status in ('approved', 'memorandum')
  and submission.organisation = $organisation
  and (
      (submission.year = $year and submission.phase = $phase and submission.part = $part)
      or list_contains($replaces, submission.id)
  )
order by submission.id
