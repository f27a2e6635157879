-- What officers do before, beside and after a submission. Rows are only ever added; the last word counts.
create sequence draft_id start 1;
create sequence draft_step_id start 1;

-- A draft is its steps in order: its file, what it is about, answers, mappings, explanations, undoings.
create table draft_step (
    id bigint not null,
    draft bigint not null,
    kind varchar not null,
    content varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- Why a total differs, or why a service or theme changed so much.
create table explanation (
    submission bigint not null,
    subject varchar not null,
    words varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- What the reading of a submission's file found beside its lines: each sheet's own total, what was left
-- out and why, what was asked and answered. One document a submission.
create table reading_kept (
    submission bigint not null,
    document varchar not null,
    made_at timestamptz not null
);

-- Who was last seen working on which organisation's figures, and on what.
create table presence (
    organisation varchar not null,
    person varchar not null,
    doing varchar not null,
    seen_at timestamptz not null
);

-- An organisation's own view of its data, question by question, out of the points each question gives.
create table self_assessment (
    organisation varchar not null,
    year varchar not null,
    question varchar not null,
    points integer not null,
    note varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- By when figures of a year and phase are asked for, where it differs from the usual day.
create table due (
    year varchar not null,
    phase varchar not null,
    due_on date not null,
    made_at timestamptz not null,
    made_by varchar not null
);

-- What was agreed about a transfer that payer and payee state differently.
create table settlement (
    transfer varchar not null,
    year varchar not null,
    settled boolean not null,
    note varchar not null,
    made_at timestamptz not null,
    made_by varchar not null
);
