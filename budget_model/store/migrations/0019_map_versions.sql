-- Published maps. What a version is stands in one table, the frozen store itself, compressed, in another: rows
-- are only ever added, and `sha256` is the fingerprint of the file before it was compressed.
create table if not exists map_version (
    number bigint not null,
    name varchar not null,
    note varchar not null,
    made_at timestamptz not null,
    made_by varchar not null,
    program varchar not null,
    format integer not null,
    sha256 varchar not null,
    size bigint not null,
    figures varchar not null
);

create table if not exists map_version_file (
    sha256 varchar not null,
    bytes blob not null
);
