-- Every figure of some authorities' returns of some years, in the order that the returns print them.
select year, phase, ecode, line, section, name, pounds
from (select *, file_row_number from read_parquet($file, file_row_number = true))
where list_contains($years, year)
  and (len($ecodes) = 0 or list_contains($ecodes, ecode))
order by file_row_number
