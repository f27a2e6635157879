-- What was changed of a place's lists on the screen: each row before and after, so that it can be undone.
create table if not exists place_change (
    number bigint not null,
    made_at timestamptz not null,
    made_by varchar not null,
    account varchar not null,
    reason varchar not null,
    edits varchar not null,
    undoes bigint
);

-- What somebody has begun to change and not kept yet; the last of an account stands.
create table if not exists place_draft (
    account varchar not null,
    edits varchar not null,
    made_at timestamptz not null
);
