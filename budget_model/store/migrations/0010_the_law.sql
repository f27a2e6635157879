-- The law as dated rules with two sides, what each leaves out and whether its text was seen; and the first and
-- last day of a body. A store made before keeps no rule until its place is loaded again.
drop table if exists legal_power;

create table legal_power (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "act_and_section" varchar not null,
    "jurisdiction" varchar not null,
    "from_date" date,
    "to_date" date,
    "kinds_a" varchar [] not null,
    "kinds_b" varchar [] not null,
    "functions" varchar [] not null,
    "services_only" varchar [] not null,
    "services_excluded" varchar [] not null,
    "services_partly_excluded" varchar [] not null,
    "excluded" varchar [] not null,
    "max_level" integer not null,
    "route" varchar not null,
    "conditions" varchar not null,
    "sentence" varchar not null,
    "verified" boolean not null,
    "seen" varchar not null,
    "source" varchar not null
);

alter table organisation add column if not exists "opened" date;

alter table organisation add column if not exists "closed" date;

alter table organisation add column if not exists "successor" varchar default '';

alter table organisation add column if not exists "dates_source" varchar default '';
