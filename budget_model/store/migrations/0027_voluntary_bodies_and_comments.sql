-- Files of grants and payments to voluntary bodies, each whole as it was read; what officers said of what they hold
-- (who is a voluntary body, which board a programme is of, how a promise is kept): the last word on a subject stands.
create table if not exists voluntary_file (
    id bigint not null,
    sha256 varchar not null,
    name varchar not null,
    kind varchar not null,
    body varchar not null,
    said varchar not null,
    withdrawn boolean not null,
    made_at timestamptz not null,
    made_by varchar not null,
    account varchar not null
);

create table if not exists voluntary_word (
    id bigint not null,
    kind varchar not null,
    subject varchar not null,
    said varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Comments on a figure, an opportunity, a target, a bid or a line, with their answers; only ever added to.
create table if not exists comment_entry (
    id bigint not null,
    thread bigint not null,
    about varchar not null,
    subject varchar not null,
    step varchar not null,
    said varchar not null,
    made_at timestamptz not null,
    made_by varchar not null,
    account varchar not null
);
