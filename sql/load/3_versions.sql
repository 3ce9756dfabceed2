-- From what the scan found to the next state of the index and of the history.
-- A document that went away and one that arrived with the same content in the same run are one renamed document.
-- A file that cannot be read this time keeps the document it had: its content is unknown, not gone.
create or replace temp table departures as
select
    current_versions.*,
    row_number()
        over (partition by current_versions.source, current_versions.content_id order by current_versions.path)
        as place
from current_versions
where
    (current_versions.source, current_versions.path) in (
        select (scan.source, scan.path) from scan
        where scan.status = 'gone' or (scan.status = 'rejected' and not scan.is_unreadable)
    );

create or replace temp table arrivals as
select
    scan.source,
    scan.path,
    scan.path_date,
    scan.content_id,
    row_number() over (partition by scan.source, scan.content_id order by scan.path) as place
from scan
anti join current_versions on scan.source = current_versions.source and scan.path = current_versions.path
where scan.status = 'loaded';

create or replace temp table renames as
select
    arrivals.source,
    arrivals.path,
    arrivals.path_date,
    departures.path as old_path,
    departures.document_id,
    departures.content_id,
    departures.first_seen_at,
    departures.updated_at
from arrivals
inner join departures
    on
        arrivals.source = departures.source
        and arrivals.content_id = departures.content_id
        and arrivals.place = departures.place
inner join raw.contents on arrivals.content_id = contents.content_id
where contents.byte_count > 0;

create or replace temp table edits as
select
    current_versions.document_id,
    scan.source,
    scan.path,
    scan.path_date,
    scan.content_id,
    current_versions.first_seen_at
from scan
inner join current_versions on scan.source = current_versions.source and scan.path = current_versions.path
where scan.status = 'loaded' and scan.content_id is distinct from current_versions.content_id;

-- The last document that ended at a path comes back when a file arrives there again.
create or replace temp table restorations as
with newcomers as (
    select arrivals.*
    from arrivals
    anti join renames on arrivals.source = renames.source and arrivals.path = renames.path
),

ended as (
    select
        document_id,
        source,
        path,
        first_seen_at,
        valid_to
    from raw.versions
    where change = 'deleted'
)

select
    newcomers.source,
    newcomers.path,
    newcomers.path_date,
    newcomers.content_id,
    arg_max(ended.document_id, (ended.valid_to, ended.document_id)) as document_id,
    arg_max(ended.first_seen_at, (ended.valid_to, ended.document_id)) as first_seen_at
from newcomers
inner join ended on newcomers.source = ended.source and newcomers.path = ended.path
anti join current_versions on ended.document_id = current_versions.document_id
group by all;

create or replace temp table additions as
with earlier as (
    select
        source,
        path,
        count(*) as documents
    from raw.versions
    where change = 'added'
    group by all
)

select
    arrivals.source,
    arrivals.path,
    arrivals.path_date,
    arrivals.content_id,
    -- A path whose first document lives on elsewhere starts another one: its ordinal tells them apart.
    sha256(
        arrivals.source || chr(0) || arrivals.path
        || case when earlier.documents > 0 then chr(0) || earlier.documents else '' end
    )[:32]::uuid as document_id
from arrivals
left join earlier on arrivals.source = earlier.source and arrivals.path = earlier.path
anti join renames on arrivals.source = renames.source and arrivals.path = renames.path
anti join restorations on arrivals.source = restorations.source and arrivals.path = restorations.path;

create or replace temp table opened_versions as
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    'added' as change,
    null::timestamptz as first_seen_at,
    null::timestamptz as updated_at
from additions
union all by name
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    'restored' as change,
    first_seen_at
from restorations
union all by name
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    'edited' as change,
    first_seen_at
from edits
union all by name
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    'renamed' as change,
    first_seen_at,
    updated_at
from renames
union all by name
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    'deleted' as change,
    first_seen_at,
    updated_at
from departures
where document_id not in (select renames.document_id from renames);

update raw.versions
set valid_to = getvariable('started_at')
where valid_to is null and document_id in (select opened_versions.document_id from opened_versions);

insert into raw.versions by name
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    change,
    getvariable('started_at') as valid_from,
    case when change = 'deleted' then getvariable('started_at') end as valid_to,
    coalesce(first_seen_at, getvariable('started_at')) as first_seen_at,
    coalesce(updated_at, getvariable('started_at')) as updated_at,
    getvariable('run_id') as run_id
from opened_versions
order by source, path;

create or replace temp table scanned_files as
select
    scan.source,
    scan.path,
    scan.size,
    scan.mtime_ns,
    scan.fingerprint,
    scan.is_settled,
    coalesce(scan.content_id, files.content_id) as content_id,
    case when scan.status = 'gone' then 'deleted' else scan.status end as status
from scan
left join raw.files on scan.source = files.source and scan.path = files.path
-- A file that came and went between two looks was never there.
where scan.status <> 'gone' or files.path is not null;

delete from raw.files
where (source, path) in (select (scanned_files.source, scanned_files.path) from scanned_files);

insert into raw.files by name
select
    scanned_files.*,
    getvariable('run_id') as last_run_id
from scanned_files
order by scanned_files.source, scanned_files.path;
