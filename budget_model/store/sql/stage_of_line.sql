-- By what a line is known from year to year: its body, its code and its words as they are compared.
select
    submission.organisation,
    trim(coalesce(line.code, '')),
    rtrim(trim(regexp_replace(lower(line.description), '\s+', ' ', 'g')), ':'),
    line.description,
    line.sensitivity
from line
join submission on submission.id = line.submission
where line.id = $line
