-- What the partnership, or one of its bodies, says of itself in a year: of each question the latest entry counts.
create table if not exists self_review (
    id bigint not null,
    year varchar not null,
    body varchar not null,
    question varchar not null,
    level integer not null,
    said varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);
