-- What a grant may be spent on, and how closely its money may be joined.
create table if not exists grant_terms (
    place_in_file integer not null,
    "id" varchar not null,
    "grant" varchar not null,
    "payer" varchar not null,
    "recipient_kinds" varchar [] not null,
    "years_from" varchar not null,
    "years_to" varchar not null,
    "legal_basis" varchar not null,
    "ring_fence" varchar not null,
    "may_be_spent_on" varchar not null,
    "may_not_be_spent_on" varchar not null,
    "max_level" integer not null,
    "note" varchar not null,
    "sentence" varchar not null,
    "verified" boolean not null,
    "seen" varchar not null,
    "source" varchar not null
);

alter table funding_stream add column if not exists "terms" varchar default '';
