-- The years in which any body's funding is stated, the latest first.
select distinct year from funding order by year desc
