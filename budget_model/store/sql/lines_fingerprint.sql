-- A fingerprint of the lines of each submission, or of one, as they were read: what each says, its cell and its amount.
select
    submission,
    sha256(string_agg(
        concat_ws(
            chr(31), sheet, sheet_row, sheet_column, coalesce(code, ''), description,
            array_to_string(headings, chr(30)), measure, amount, side
        ),
        chr(29) order by id
    )) as fingerprint
from line
where $submission is null or submission = $submission
group by submission
order by submission
