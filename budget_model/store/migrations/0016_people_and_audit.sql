-- Who may come in and as what, and an audit whose entries are chained: the table `audit` is kept as it was.
create table if not exists audit_entry (
    number bigint not null,
    made_at timestamptz not null,
    made_by varchar not null,
    asked_by varchar not null,
    source varchar not null,
    what varchar not null,
    subject varchar not null,
    before varchar not null,
    after varchar not null,
    sealed varchar not null,
    chain varchar not null
);

-- A role given to somebody, or taken away: the last word on a person, role and body stands.
create table if not exists person (
    id bigint not null,
    account varchar not null,
    name varchar not null,
    role varchar not null,
    body varchar not null,
    removed boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

create sequence if not exists person_id start 1;

-- By what a person proves to be who they are: an invitation, a password, a secret of one-time codes, a lock.
-- `proof` is a fingerprint that does not give the secret away; the last of a kind stands.
create table if not exists credential (
    id bigint not null,
    account varchar not null,
    kind varchar not null,
    proof varchar not null,
    until timestamptz,
    made_at timestamptz not null,
    made_by varchar not null
);

alter table submission_event add column if not exists asked_by varchar default '';
