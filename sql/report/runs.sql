-- One row per published build, the latest first: what it changed and how long each stage took.
-- The private copy is made while files are read: what the load still waited for it is among the seconds of the load.
create or replace view report.runs as
select
    run_id,
    started_at,
    finished_at,
    round(list_sum(map_values(seconds)) - coalesce(seconds['copy'], 0), 2) as total_seconds,
    files_seen,
    files_added,
    files_edited,
    files_renamed,
    files_deleted,
    files_rejected,
    documents,
    documents - lag(documents) over (order by run_id) as new_documents,
    problems,
    seconds['discover'] as discover_seconds,
    seconds['derive'] as derive_seconds,
    seconds['load'] as load_seconds,
    seconds['copy'] as copy_seconds,
    seconds['transform'] as transform_seconds,
    seconds['entities'] as entities_seconds,
    seconds['check'] as check_seconds,
    round((files_added + files_edited) / nullif(seconds['derive'], 0), 1) as documents_per_second,
    notes
from main.runs
order by run_id desc;

comment on view report.runs is 'One row per published build, the latest first: what it changed and how long each stage took. The private copy is made while files are read: what the load still waited for it is among the seconds of the load.';
comment on column report.runs.run_id is 'run';
comment on column report.runs.started_at is 'start';
comment on column report.runs.finished_at is 'end of the checks, just before publishing';
comment on column report.runs.total_seconds is 'seconds of all stages until the checks were done';
comment on column report.runs.files_seen is 'paths found in the sources';
comment on column report.runs.files_added is 'new documents, restored ones included';
comment on column report.runs.files_edited is 'documents with new content';
comment on column report.runs.files_renamed is 'documents with a new path';
comment on column report.runs.files_deleted is 'documents that went away';
comment on column report.runs.files_rejected is 'paths that could not be read or are not text';
comment on column report.runs.documents is 'documents after the run';
comment on column report.runs.new_documents is 'how many more than after the run before';
comment on column report.runs.problems is 'problems after the run';
comment on column report.runs.discover_seconds is 'seconds to list the sources and compare';
comment on column report.runs.derive_seconds is 'seconds to read, extract and derive';
comment on column report.runs.load_seconds is 'seconds to load rows and history';
comment on column report.runs.copy_seconds is 'seconds of these that the copy of the version before was waited for';
comment on column report.runs.transform_seconds is 'seconds to create views';
comment on column report.runs.entities_seconds is 'seconds to find names and bring them to one identity';
comment on column report.runs.check_seconds is 'seconds of the checks';
comment on column report.runs.documents_per_second is 'new and edited documents per second of deriving';
comment on column report.runs.notes is 'what a reader of the run should know';
