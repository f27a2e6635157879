-- How each figure came about, and whose total each submission is held against. What was kept before says
-- neither, and is not guessed; the place's part of a wider body's money is an estimate whatever the money was.
alter table submission add column if not exists provenance varchar default 'not said';
alter table submission add column if not exists control_source varchar default 'not said';
alter table line add column if not exists provenance varchar default 'not said';
alter table mapped add column if not exists provenance varchar default 'not said';
alter table mapped_sum add column if not exists provenance varchar default 'not said';

update mapped set provenance = 'estimated'
where share in (select id from share where numerator <> denominator);

delete from mapped_sum;

insert into mapped_sum by name
select
    entry, transfer, submission, organisation, organisation_type, year, phase, best, side, kind, theme, funding,
    grade, provenance, share, switches, case service when 'unmapped' then 'unmapped' else 'mapped' end as service,
    service in (select service from target_service where strength > 0) as linked,
    sum(amount)::decimal(18, 2) as amount, count(*) filter (where first) as lines
from mapped
group by all;
