-- Everything that was ever explained of a submission, the newest wording first, with who wrote it and when.
select subject, words, made_by, epoch_us(made_at)
from explanation
where submission = $submission
order by rowid desc
