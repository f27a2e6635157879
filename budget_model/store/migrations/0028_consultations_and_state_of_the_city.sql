-- What forum members are asked, who was asked, and what they answered; and what the State of the City said when.
create table if not exists consultation (
    entry bigint not null,
    id varchar not null,
    name varchar not null,
    about varchar not null,
    source varchar not null,
    opens date not null,
    closes date not null,
    decision varchar not null,
    questions varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Who was asked, until a month after closing: rows are deleted then, so they are no part of the audit's chain.
create table if not exists consultation_link (
    mark varchar not null,
    consultation varchar not null,
    name varchar not null,
    address varchar not null,
    sector varchar not null,
    answered boolean not null
);

create table if not exists consultation_draft (
    mark varchar not null,
    consultation varchar not null,
    said varchar not null
);

-- An answer has a sector, and neither a name, a link nor a time.
create table if not exists consultation_answer (
    id bigint not null,
    consultation varchar not null,
    sector varchar not null,
    said varchar not null
);

create table if not exists consultation_verdict (
    entry bigint not null,
    consultation varchar not null,
    answer bigint not null,
    question integer not null,
    verdict varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Drafts and published editions of the State of the City: only ever added to; a draft has the number 0.
create table if not exists state_edition (
    entry bigint not null,
    number integer not null,
    name varchar not null,
    words varchar not null,
    facts varchar not null,
    map_version integer not null,
    made_at timestamptz not null,
    made_by varchar not null
);
