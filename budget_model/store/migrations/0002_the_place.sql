-- What is known of the place before any budget is loaded: one table for each file of its folder.
-- Each row keeps its place in the file, since the order is the officers' own.
create table organisation (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "short_name" varchar not null,
    "type" varchar not null,
    "status" varchar not null,
    "footprint" varchar not null,
    "colour" varchar not null,
    "note" varchar not null,
    "source" varchar not null
);

create table client_group (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "description" varchar not null
);

create table cofog (
    place_in_file integer not null,
    "code" varchar not null,
    "name" varchar not null,
    "source" varchar not null
);

create table service (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "group" varchar not null,
    "cofog_division" varchar not null,
    "cofog_group" varchar not null,
    "client_groups" varchar [] not null,
    "legal_function" varchar not null,
    "back_office_function" varchar not null,
    "scope" varchar not null,
    "kind" varchar not null,
    "stage" varchar not null,
    "discretion" varchar not null,
    "ring_fence" varchar not null,
    "synonyms" varchar [] not null
);

create table theme (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "short_name" varchar not null,
    "kind" varchar not null,
    "colour" varchar not null,
    "description" varchar not null,
    "source" varchar not null
);

create table service_theme (
    place_in_file integer not null,
    "service" varchar not null,
    "theme" varchar not null,
    "share" decimal(38, 10),
    "strength" integer
);

create table funding_stream (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "short_name" varchar not null,
    "origin" varchar not null,
    "ring_fence" varchar not null,
    "colour" varchar not null,
    "description" varchar not null,
    "source" varchar not null
);

create table share (
    place_in_file integer not null,
    "id" varchar not null,
    "organisation" varchar not null,
    "year" varchar not null,
    "basis" varchar not null,
    "numerator" decimal(38, 10) not null,
    "numerator_is" varchar not null,
    "denominator" decimal(38, 10) not null,
    "denominator_is" varchar not null,
    "grade" integer not null,
    "note" varchar not null,
    "source" varchar not null
);

create table population (
    place_in_file integer not null,
    "ons_code" varchar not null,
    "area" varchar not null,
    "year" integer not null,
    "population" integer not null,
    "basis" varchar not null,
    "source" varchar not null
);

create table deflator (
    place_in_file integer not null,
    "year" varchar not null,
    "index" decimal(38, 10) not null,
    "status" varchar not null,
    "source" varchar not null
);

create table area (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "kind" varchar not null,
    "ons_code" varchar not null,
    "within" varchar not null,
    "source" varchar not null
);

create table transfer (
    place_in_file integer not null,
    "id" varchar not null,
    "year" varchar not null,
    "payer" varchar not null,
    "payer_service" varchar not null,
    "payer_lines" varchar [] not null,
    "payer_amount" decimal(38, 10),
    "payer_share" varchar not null,
    "payee" varchar not null,
    "payee_service" varchar not null,
    "payee_amount" decimal(38, 10),
    "payee_share" varchar not null,
    "what" varchar not null,
    "source" varchar not null,
    "kind" varchar not null
);

create table unknown_transfer (
    place_in_file integer not null,
    "payer" varchar not null,
    "payee" varchar not null,
    "what" varchar not null,
    "why" varchar not null
);

create table funding (
    place_in_file integer not null,
    "organisation" varchar not null,
    "stream" varchar not null,
    "year" varchar not null,
    "amount" decimal(38, 10) not null,
    "source_line" varchar not null,
    "source" varchar not null
);

create table target (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "description" varchar not null,
    "unit" varchar not null,
    "direction" varchar not null,
    "baseline" decimal(38, 10) not null,
    "baseline_year" varchar not null,
    "target" decimal(38, 10) not null,
    "target_year" varchar not null,
    "latest" decimal(38, 10) not null,
    "latest_year" varchar not null,
    "forecast" decimal(38, 10) not null,
    "lead" varchar not null,
    "board" varchar not null,
    "illustrative" boolean not null,
    "source" varchar not null
);

create table target_service (
    place_in_file integer not null,
    "target" varchar not null,
    "service" varchar not null,
    "strength" integer not null
);

create table legal_power (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "required_types" varchar [] not null,
    "allowed_types" varchar [] not null,
    "functions" varchar [] not null,
    "max_level" integer not null,
    "from_date" date,
    "to_date" date,
    "verified" boolean not null,
    "note" varchar not null,
    "source" varchar not null
);

create table back_office_rate (
    place_in_file integer not null,
    "function" varchar not null,
    "name" varchar not null,
    "numerator" decimal(38, 10) not null,
    "denominator" decimal(38, 10) not null,
    "low" decimal(38, 10) not null,
    "central" decimal(38, 10) not null,
    "high" decimal(38, 10) not null,
    "source" varchar not null
);

create table grade (
    place_in_file integer not null,
    "grade" integer not null,
    "meaning" varchar not null,
    "band" decimal(38, 10) not null,
    "optimism" decimal(38, 10) not null
);

create table benchmark_part (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "region_amount" decimal(38, 10) not null,
    "treatment" varchar not null,
    "covered_by" varchar [] not null,
    "parts" varchar [] not null,
    "note" varchar not null,
    "source" varchar not null
);

create table term (
    place_in_file integer not null,
    "term" varchar not null,
    "meaning" varchar not null
);

-- Single values of the place, as JSON.
create table setting (
    name varchar not null,
    value varchar not null
);

-- Where each submission is in its life: its last event.
create view submission_now as
select
    submission,
    arg_max(status, id) as status,
    arg_max(made_at, id) as made_at,
    arg_max(made_by, id) as made_by,
    arg_max(reason, id) as reason
from submission_event
group by submission;

-- The place's part of an organisation's money, to ten decimal places.
create view city_share as
select
    share.*,
    cast(round(share.numerator / share.denominator, 10) as decimal(12, 10)) as value
from share;

-- The parts of a service that belong to each delivery board; they add up to one.
create view board_share as
select
    service_theme.service,
    service_theme.theme,
    cast(service_theme.share as decimal(9, 6)) as share
from service_theme
join theme on theme.id = service_theme.theme
where theme.kind = 'delivery board' and service_theme.share > 0;
