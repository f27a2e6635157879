-- To which states a submission went, by whom, by which account, when and why, the first first.
select status, made_by, asked_by, epoch_us(made_at), reason
from submission_event
where submission = $submission
order by id
