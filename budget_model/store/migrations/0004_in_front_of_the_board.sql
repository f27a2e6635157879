-- What is shown to a Board and what became of it: stories, the log of what was decided in the room, shows
-- of hands, and the packs that were made. Rows are only ever added; the last one of a subject stands.
create sequence story_version start 1;
create sequence board_entry start 1;

create table story (
    version bigint not null,
    id varchar not null,
    name varchar not null,
    about varchar not null,
    shipped boolean not null,
    taken_away boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

create table story_view (
    version bigint not null,
    place_in_story integer not null,
    page varchar not null,
    link varchar not null,
    chart varchar not null,
    chosen varchar not null,
    finding varchar not null,
    note varchar not null
);

-- What was decided in the room; the last entry of a decision is how it stands.
create table decided (
    entry bigint not null,
    decision bigint not null,
    story varchar not null,
    opportunity varchar not null,
    what varchar not null,
    owner varchar not null,
    due date,
    taken_back boolean not null,
    made_at timestamptz not null,
    made_by varchar not null
);

create table tally (
    entry bigint not null,
    story varchar not null,
    opportunity varchar not null,
    in_favour integer not null,
    against integer not null,
    unsure integer not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Every pack with each figure that was in it, so that the next one can say what changed.
create table pack_made (
    entry bigint not null,
    story varchar not null,
    link varchar not null,
    figures varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);
