-- The years of the returns with what stage of the money each is of.
select distinct year, phase
from read_parquet($file)
order by year
