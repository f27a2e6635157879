-- The needs of people that several bodies' services meet.
create table if not exists need (
    place_in_file integer not null,
    "id" varchar not null,
    "name" varchar not null,
    "title" varchar not null,
    "services" varchar [] not null,
    "client_groups" varchar [] not null,
    "relatedness" decimal(38, 10) not null,
    "reason" varchar not null,
    "source" varchar not null
);
