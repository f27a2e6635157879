-- The rows of one region in the regional analysis that are not nought in one year.
select row, department, body, segment, segment_name, function, sort, sector, region, pounds::decimal(18, 2)
from (unpivot (select * from read_parquet($file)) on "2013-14", "2014-15", "2015-16", "2016-17", "2017-18"
      into name year value pounds)
where region = $region and year = $year and pounds <> 0
order by row
