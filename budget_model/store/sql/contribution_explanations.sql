-- The last wording of everything that was explained of a submission.
select subject, arg_max(words, rowid)
from explanation
where submission = $submission
group by subject
order by subject
