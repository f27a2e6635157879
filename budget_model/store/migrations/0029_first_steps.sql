-- How far each person has come in the first steps through the product; only where they stand now is kept.
create table if not exists first_steps (
    account varchar not null,
    guide varchar not null,
    step integer not null,
    has_left boolean not null,
    made_at timestamptz not null
);
