-- One row per run, source and kind of change.
-- Every run that published is here, back to the first; a run that changed nothing has no row.
create or replace view report.changes as
select
    runs.run_id,
    runs.started_at as changed_at,
    versions.source,
    versions.change,
    count(*) as documents,
    list(versions.path order by versions.path)[:5] as examples
from main.document_versions as versions
inner join main.runs on versions.run_id = runs.run_id
group by runs.run_id, runs.started_at, versions.source, versions.change
order by runs.run_id desc, versions.source asc, versions.change asc;

comment on view report.changes is 'One row per run, source and kind of change. Every run that published is here, back to the first; a run that changed nothing has no row.';
comment on column report.changes.run_id is 'run';
comment on column report.changes.changed_at is 'when it started';
comment on column report.changes.source is 'source';
comment on column report.changes.change is 'added, edited, renamed, deleted or restored';
comment on column report.changes.documents is 'documents changed like that';
comment on column report.changes.examples is 'the first five paths';
