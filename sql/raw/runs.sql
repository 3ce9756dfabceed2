-- One row per published build.
-- Builds that found nothing to do are in warehouse/last_run.json only.
create table if not exists raw.runs (
    run_id varchar not null,
    started_at timestamptz,
    finished_at timestamptz,
    status varchar,
    files_seen bigint,
    files_added bigint,
    files_edited bigint,
    files_renamed bigint,
    files_deleted bigint,
    files_unchanged bigint,
    files_rejected bigint,
    documents bigint,
    problems bigint,
    notes varchar[],
    seconds map (varchar, double)
);

comment on table raw.runs is 'One row per published build. Builds that found nothing to do are in warehouse/last_run.json only.';
comment on column raw.runs.run_id is 'run';
comment on column raw.runs.started_at is 'start';
comment on column raw.runs.finished_at is 'end of checks, just before publishing';
comment on column raw.runs.status is 'published';
comment on column raw.runs.files_seen is 'paths listed';
comment on column raw.runs.files_added is 'new documents, restored ones included';
comment on column raw.runs.files_edited is 'documents with new content';
comment on column raw.runs.files_renamed is 'documents with a new path';
comment on column raw.runs.files_deleted is 'documents that went away';
comment on column raw.runs.files_unchanged is 'paths with nothing new';
comment on column raw.runs.files_rejected is 'paths that could not be read or are not text';
comment on column raw.runs.documents is 'documents after the run';
comment on column raw.runs.problems is 'problems after the run';
comment on column raw.runs.notes is 'what a reader of the run should know';
comment on column raw.runs.seconds is 'seconds per stage';
