-- What some authorities' returns of one year print down to their total service expenditure.
select ecode, line, pounds
from read_parquet($file)
where year = $year
  and list_contains($ecodes, ecode)
  and try_cast(line as integer) <= case when year = '2016-17' then 799 else 699 end
order by ecode, line
