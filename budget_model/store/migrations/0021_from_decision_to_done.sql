-- What was agreed about stages of need: the shares of a line that act at each, as JSON. A line is known by its
-- body, its code and its words, so that next year's line has them too. The last word on a line stands.
create table if not exists stage_agreed (
    id bigint not null,
    organisation varchar not null,
    code varchar not null,
    words varchar not null,
    shares varchar not null,
    grade varchar not null,
    reason varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- What is done about an agreed opportunity: its actions, measure, dates and agreement, as JSON. The last
-- wording stands.
create table if not exists action_plan (
    id bigint not null,
    opportunity varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- The return of a pooled fund for a year: income, schemes, minimums and who signed, as JSON. The last wording
-- stands.
create table if not exists fund_return (
    id bigint not null,
    pool varchar not null,
    year varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);
