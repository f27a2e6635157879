-- Parts of the place and what money reaches them by; the register of external funding and its bids, as the place's
-- files give them, and what was entered on the screen since: the last entry under an id is what stands.

create table if not exists area_measure (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "basis" varchar not null,
    "grade" integer not null,
    "services" varchar [] not null,
    "unit" varchar not null,
    "note" varchar not null,
    "source" varchar not null
);

create table if not exists area_weight (
    place_in_file integer not null,
    "area" varchar not null,
    "measure" varchar not null,
    "amount" decimal(38, 10) not null
);

create table if not exists area_grant (
    place_in_file integer not null,
    "funder" varchar not null,
    "year" integer not null,
    "area" varchar not null,
    "grants" integer not null,
    "amount" decimal(38, 10) not null,
    "source" varchar not null
);

create table if not exists award (
    place_in_file integer not null,
    "id" varchar not null,
    "stream" varchar not null,
    "funder" varchar not null,
    "kind" varchar not null,
    "what" varchar not null,
    "holder" varchar not null,
    "held_by" varchar not null,
    "board" varchar not null,
    "amount" decimal(38, 10) not null,
    "starts" date,
    "ends" date,
    "dates_said" varchar not null,
    "match" decimal(38, 10),
    "conditions" varchar not null,
    "covers" varchar not null,
    "counted" boolean not null,
    "part_of" varchar not null,
    "services" varchar [] not null,
    "grade" integer not null,
    "quote" varchar not null,
    "note" varchar not null,
    "source" varchar not null,
    "years" varchar [] not null,
    "bid" varchar not null
);

create table if not exists bid (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "stream" varchar not null,
    "funder" varchar not null,
    "what" varchar not null,
    "lead" varchar not null,
    "led_by" varchar not null,
    "partners" varchar [] not null,
    "board" varchar not null,
    "amount" decimal(38, 10) not null,
    "deadline" date,
    "state" varchar not null,
    "won" decimal(38, 10),
    "award" varchar not null,
    "dates_said" varchar not null,
    "grade" integer not null,
    "quote" varchar not null,
    "note" varchar not null,
    "source" varchar not null
);

create table if not exists funding_entry (
    id bigint not null,
    register varchar not null,
    subject varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);
