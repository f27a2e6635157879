-- Lines whose parts on the map do not make the place's share of them.
select
    'Line ' || line.id || ' is ' || sum(mapped.amount) || ' on the map, the place''s share of it is '
    || any_value(
        city_part(line.amount, city_share.numerator, city_share.denominator) * case line.side when 'income' then -1 else 1 end
    ) || '.'
from mapped
join line on line.id = mapped.line
join city_share on city_share.id = line.share
where mapped.entry = 'line'
group by line.id
having sum(mapped.amount)
    <> any_value(city_part(line.amount, city_share.numerator, city_share.denominator) * case line.side when 'income' then -1 else 1 end)
