-- What partners record about working together. Rows are only ever added: the last one on a subject is what
-- stands, and what stood before is still there, with who and when.

-- An opportunity that somebody put into the register; its state is its last event.
create table decision (
    opportunity varchar not null,
    title varchar not null,
    partners varchar [] not null,
    services varchar [] not null,
    scenario varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- What was done or said about a decision. Empty words leave what was there; `money` is the money beneath
-- it when somebody last looked, as JSON.
create table decision_event (
    id bigint not null,
    opportunity varchar not null,
    what varchar not null,
    state varchar not null,
    owner varchar not null,
    review_on date,
    comment varchar not null,
    money varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- One wording of a pool's agreement; the last wording stands. `said` is the agreement as JSON.
create table pool (
    wording bigint not null,
    id varchar not null,
    name varchar not null,
    year varchar not null,
    host varchar not null,
    review_on date,
    ends_on date,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- What each partner puts in, by the wording of the pool that says so, pounds.
create table pool_contribution (
    wording bigint not null,
    pool varchar not null,
    partner varchar not null,
    service varchar not null,
    line bigint,
    amount decimal(18, 2) not null,
    minimum decimal(18, 2),
    in_kind boolean not null
);

-- A named what-if, as JSON; the last under a name stands.
create table scenario (
    id bigint not null,
    name varchar not null,
    year varchar not null,
    opportunity varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- A named set of weights for the score, as JSON; the last under a name stands.
create table weights_set (
    id bigint not null,
    name varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Legal advice that stands in place of a rule's limit, for one power or one opportunity.
create table legal_override (
    id bigint not null,
    subject varchar not null,
    key varchar not null,
    level tinyint not null,
    reason varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- How ready the partners of an opportunity say they are, 0 to 4, and when they mean to start.
create table readiness (
    id bigint not null,
    opportunity varchar not null,
    points tinyint,
    planned_start date,
    reason varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);
