-- One row per published build.
-- A build that finds nothing to do publishes nothing and has no row.
-- key: run_id
create or replace view main.runs as
select
    run_id,
    started_at,
    finished_at,
    status,
    files_seen,
    files_added,
    files_edited,
    files_renamed,
    files_deleted,
    files_unchanged,
    files_rejected,
    documents,
    problems,
    seconds,
    notes
from raw.runs;

comment on view main.runs is 'One row per published build. A build that finds nothing to do publishes nothing and has no row.';
comment on column main.runs.run_id is 'run; sorts by time';
comment on column main.runs.started_at is 'start';
comment on column main.runs.finished_at is 'end of the checks, just before publishing';
comment on column main.runs.status is 'published';
comment on column main.runs.files_seen is 'paths found in the sources';
comment on column main.runs.files_added is 'new documents, restored ones included';
comment on column main.runs.files_edited is 'documents with new content';
comment on column main.runs.files_renamed is 'documents with a new path';
comment on column main.runs.files_deleted is 'documents that went away';
comment on column main.runs.files_unchanged is 'paths with nothing new';
comment on column main.runs.files_rejected is 'paths that could not be read or are not text';
comment on column main.runs.documents is 'documents after the run';
comment on column main.runs.problems is 'problems after the run';
comment on column main.runs.seconds is 'seconds per stage';
comment on column main.runs.notes is 'what a reader of the run should know';
