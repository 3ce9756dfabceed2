-- One row per week and source: what was added, edited, renamed, deleted and restored.
-- Weeks of the runs that saw the changes, not of publication.
create or replace view report.changes_by_week as
select
    date_trunc('week', valid_from at time zone 'UTC')::date as week_of_change,
    source,
    count(*) filter (where change = 'added') as added,
    count(*) filter (where change = 'edited') as edited,
    count(*) filter (where change = 'renamed') as renamed,
    count(*) filter (where change = 'deleted') as deleted,
    count(*) filter (where change = 'restored') as restored,
    count(distinct document_id) as documents
from main.document_versions
group by week_of_change, source
order by week_of_change desc, source asc;

comment on view report.changes_by_week is 'One row per week and source: what was added, edited, renamed, deleted and restored. Weeks of the runs that saw the changes, not of publication.';
comment on column report.changes_by_week.week_of_change is 'Monday of the week, UTC';
comment on column report.changes_by_week.source is 'source';
comment on column report.changes_by_week.added is 'documents that came';
comment on column report.changes_by_week.edited is 'times that a document got new content';
comment on column report.changes_by_week.renamed is 'times that a document got a new path';
comment on column report.changes_by_week.deleted is 'times that a document went away';
comment on column report.changes_by_week.restored is 'times that a document came back';
comment on column report.changes_by_week.documents is 'documents that changed at all';
