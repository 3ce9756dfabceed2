-- Problems with paths, the sources as they were read, and what this run did.
delete from raw.problems
where
    (stage = 'discover' and source in (select unnest(getvariable('listed_sources')::varchar[])))
    or (stage in ('extract', 'derive') and (source, path) in (select (scan.source, scan.path) from scan));

insert into raw.problems by name
select
    source,
    path,
    getvariable('run_id') as run_id,
    problem_stage as stage,
    problem_code as code,
    problem_severity as severity,
    problem_message as message
from scan_rows
where
    problem_code is not null
    and (fate <> 'gone' or (source, path) in (select (files.source, files.path) from raw.files))
order by all;

-- Sources that are read in another way than before.
create or replace temp table reread_sources as
with named as (
    select
        unnest(getvariable('source_names')) as source,
        unnest(getvariable('source_profiles')) as profile_id,
        unnest(getvariable('source_zones')) as zone
)

select named.source
from named
inner join raw.sources on named.source = sources.source
where (named.profile_id, named.zone) is distinct from (sources.profile_id, sources.zone);

delete from raw.sources
where source in (select unnest(getvariable('source_names')));

insert into raw.sources by name
select
    unnest(getvariable('source_names')) as source,
    unnest(getvariable('source_roots')) as root,
    nullif(unnest(getvariable('source_revisions')), '') as revision,
    unnest(getvariable('source_profiles')) as profile_id,
    unnest(getvariable('source_zones')) as zone,
    getvariable('run_id') as last_run_id
order by source;

insert into raw.runs by name
with changes as (
    select
        count(*) filter (where change in ('added', 'restored')) as files_added,
        count(*) filter (where change = 'edited') as files_edited,
        count(*) filter (where change = 'renamed') as files_renamed,
        count(*) filter (where change = 'deleted') as files_deleted
    from opened_versions
),

open_versions as (
    select count(*) as documents
    from raw.versions
    where valid_to is null
),

-- Of a source that was listed whole, all its rejected paths; of one that was not, those that were named.
scanned as (
    select count(*) as files_rejected
    from raw.files
    where
        status = 'rejected'
        and (
            source in (select unnest(getvariable('listed_sources')::varchar[]))
            or (source, path) in (select (scan.source, scan.path) from scan)
        )
)

select
    getvariable('run_id') as run_id,
    getvariable('started_at') as started_at,
    'published' as status,
    getvariable('files_seen') as files_seen,
    changes.files_added,
    changes.files_edited,
    changes.files_renamed,
    changes.files_deleted,
    getvariable('files_seen')
    - changes.files_added - changes.files_edited - changes.files_renamed - scanned.files_rejected as files_unchanged,
    scanned.files_rejected,
    open_versions.documents
from changes
cross join scanned
cross join open_versions;
