-- What bodies' own returns say some of their spending is made of is sent like all else, and in no total of the map:
-- these lists say which parts are such memoranda, and what is to be known of their lines.
drop table if exists published_split;

create table if not exists memorandum (
    place_in_file integer not null,
    "id" varchar not null,
    "organisation" varchar not null,
    "part" varchar not null,
    "subject" varchar not null,
    "way" varchar not null,
    "counts" varchar not null,
    "people" varchar not null,
    "note" varchar not null
);

create table if not exists memorandum_line (
    place_in_file integer not null,
    "memorandum" varchar not null,
    "line" varchar not null,
    "year" varchar not null,
    "change" varchar not null,
    "people" varchar not null default ''
);
