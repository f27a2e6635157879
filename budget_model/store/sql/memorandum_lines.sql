-- Every line of the memoranda in force, with the submission that it is of and the cell that it stands in.
select
    memorandum.id as memorandum,
    submission.organisation,
    submission.year,
    line.description as name,
    case line.side when 'income' then -line.amount else line.amount end as amount,
    line.sensitivity,
    submission.id as submission,
    submission.grade,
    submission.source,
    submission.file,
    line.sheet,
    line.sheet_row as row,
    line.sheet_column as "column"
from submission
join submission_now on submission_now.submission = submission.id
join memorandum on memorandum.organisation = submission.organisation and memorandum.part = submission.part
join line on line.submission = submission.id
where submission_now.status = 'memorandum'
order by memorandum.place_in_file, submission.year, line.id
