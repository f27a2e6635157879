-- Whose a line is, and whom its text is for.
select submission.organisation, line.sensitivity
from line
inner join submission on submission.id = line.submission
where line.id = $line
