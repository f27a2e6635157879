-- What organisations sent, line by line, and what is said of each line. Rows are only ever added here;
-- no foreign keys and no secondary indexes on what a resubmission supersedes.
create sequence submission_id start 1;
create sequence line_id start 1;
create sequence event_id start 1;

create table original (
    sha256 varchar not null,
    file varchar not null,
    bytes blob not null
);

create table submission (
    id bigint not null,
    organisation varchar not null,
    year varchar not null,
    phase varchar not null,
    part varchar not null,
    file varchar not null,
    sha256 varchar not null,
    layout varchar not null,
    control_total decimal(18, 2),
    printed_total decimal(18, 2),
    read_total decimal(18, 2) not null,
    share varchar not null,
    grade tinyint not null,
    source varchar not null,
    problems varchar not null
);

-- The status of a submission is its last event.
create table submission_event (
    id bigint not null,
    submission bigint not null,
    status varchar not null,
    made_at timestamptz not null,
    made_by varchar not null,
    reason varchar not null
);

create table line (
    id bigint not null,
    submission bigint not null,
    sheet varchar not null,
    sheet_row integer not null,
    sheet_column varchar not null,
    code varchar,
    description varchar not null,
    headings varchar [] not null,
    measure varchar not null,
    amount decimal(18, 2) not null,
    side varchar not null,
    kind varchar not null,
    nature varchar not null,
    funding_stream varchar,
    ring_fence varchar not null,
    discretion varchar not null,
    stage varchar not null,
    committed_until date,
    area varchar,
    provider_type varchar,
    client_groups varchar [],
    sensitivity varchar not null,
    grade tinyint not null,
    share varchar not null,
    attributes varchar not null
);

-- The service or services that a line pays for; the shares of one line add up to one.
create table line_service (
    line bigint not null,
    service varchar not null,
    share decimal(9, 6) not null,
    made_by varchar not null,
    made_at timestamptz not null,
    confidence decimal(4, 3) not null,
    reason varchar not null
);

create table mapping_memory (
    organisation varchar not null,
    code varchar,
    description varchar not null,
    headings varchar [] not null,
    services varchar not null,
    made_by varchar not null,
    made_at timestamptz not null,
    taken_back boolean not null
);

create table answer_memory (
    organisation varchar not null,
    fingerprint varchar not null,
    question varchar not null,
    answer varchar not null,
    made_by varchar not null,
    made_at timestamptz not null
);

create table audit (
    made_at timestamptz not null,
    made_by varchar not null,
    what varchar not null,
    subject varchar not null,
    before varchar not null,
    after varchar not null
);

-- The map: every line in force, shared to the place, split by service and delivery board to the penny,
-- and every elimination of money that two mapped bodies both hold. Made again from the tables above.
create table mapped (
    entry varchar not null,
    line bigint,
    transfer varchar,
    submission bigint,
    organisation varchar not null,
    organisation_type varchar not null,
    year varchar not null,
    phase varchar not null,
    best boolean not null,
    side varchar not null,
    first boolean not null,
    kind varchar not null,
    service varchar not null,
    theme varchar not null,
    division varchar not null,
    cofog varchar not null,
    funding varchar not null,
    nature varchar not null,
    ring_fence varchar not null,
    discretion varchar not null,
    stage varchar not null,
    area varchar not null,
    client_group varchar not null,
    grade tinyint not null,
    share varchar not null,
    switches utinyint not null,
    amount decimal(18, 2) not null
);
