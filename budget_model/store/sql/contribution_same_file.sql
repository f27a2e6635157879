-- Every submission that was read from the very same file, whoever sent it, the newest first.
select
    submission.id,
    submission.organisation,
    submission.year,
    submission.phase,
    submission.part,
    submission_now.status,
    submission_now.made_by,
    epoch_us(submission_now.made_at)
from submission
join submission_now on submission_now.submission = submission.id
where submission.sha256 = $sha256
order by submission.id desc
