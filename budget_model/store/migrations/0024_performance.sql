-- Readings of measures, what their leads expect, and risks, as JSON. Of a measure's quarter, and of a risk, the last
-- word stands.
create table if not exists performance_entry (
    id bigint not null,
    target varchar not null,
    kind varchar not null,
    said varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);
