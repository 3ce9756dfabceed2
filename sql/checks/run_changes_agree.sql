-- The last run counted the intervals that it opened, and every path it saw met one fate.
-- severity: error
with last_run as (
    select
        run_id,
        files_seen,
        files_added,
        files_edited,
        files_renamed,
        files_deleted,
        files_unchanged,
        files_rejected
    from raw.runs
    order by run_id desc
    limit 1
),

opened as (
    select
        count(*) filter (where versions.change in ('added', 'restored')) as added,
        count(*) filter (where versions.change = 'edited') as edited,
        count(*) filter (where versions.change = 'renamed') as renamed,
        count(*) filter (where versions.change = 'deleted') as deleted
    from raw.versions
    inner join last_run on versions.run_id = last_run.run_id
)

select
    last_run.run_id,
    last_run.files_seen,
    last_run.files_added,
    opened.added,
    last_run.files_edited,
    opened.edited,
    last_run.files_renamed,
    opened.renamed,
    last_run.files_deleted,
    opened.deleted,
    last_run.files_unchanged,
    last_run.files_rejected
from last_run
cross join opened
where
    last_run.files_added <> opened.added
    or last_run.files_edited <> opened.edited
    or last_run.files_renamed <> opened.renamed
    or last_run.files_deleted <> opened.deleted
    or last_run.files_unchanged < 0
    or last_run.files_seen
    <> last_run.files_added
    + last_run.files_edited
    + last_run.files_renamed
    + last_run.files_unchanged
    + last_run.files_rejected;
