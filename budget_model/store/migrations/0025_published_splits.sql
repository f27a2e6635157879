-- What bodies' own returns say some of their spending is made of, in no total of the map.
create table if not exists published_split (
    place_in_file integer not null,
    "organisation" varchar not null,
    "subject" varchar not null,
    "year" varchar not null,
    "way" varchar not null,
    "part" varchar not null,
    "amount" decimal(38, 10) not null,
    "total" decimal(38, 10) not null,
    "counts" varchar not null,
    "note" varchar not null,
    "source" varchar not null
);
