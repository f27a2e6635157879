-- The sums of the map know what works towards a target, so that the first page can say what works towards none.
drop table mapped_sum;

create table mapped_sum (
    entry varchar not null,
    transfer varchar,
    submission bigint,
    organisation varchar not null,
    organisation_type varchar not null,
    year varchar not null,
    phase varchar not null,
    best boolean not null,
    side varchar not null,
    kind varchar not null,
    theme varchar not null,
    funding varchar not null,
    grade tinyint not null,
    share varchar not null,
    switches utinyint not null,
    service varchar not null,
    linked boolean not null,
    amount decimal(18, 2) not null,
    lines bigint not null
);

insert into mapped_sum by name
select
    entry, transfer, submission, organisation, organisation_type, year, phase, best, side, kind, theme, funding,
    grade, share, switches, case service when 'unmapped' then 'unmapped' else 'mapped' end as service,
    service in (select service from target_service where strength > 0) as linked,
    sum(amount)::decimal(18, 2) as amount, count(*) filter (where first) as lines
from mapped
group by all;
