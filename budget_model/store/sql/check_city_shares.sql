-- City shares outside nought to one.
select 'The share ' || id || ' is ' || value || '.'
from city_share
where value < 0 or value > 1
