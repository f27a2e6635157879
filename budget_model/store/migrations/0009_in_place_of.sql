-- Which submissions of other parts one takes the place of, since they hold the same money.
create table if not exists in_place_of (
    submission bigint not null,
    replaced bigint not null
);
