-- What the scan found, one row per path that was looked at, and how many of them differ from the index.
-- Rows with fate "note" carry a problem with a path and say nothing about its content.
create or replace temp table scan_rows as
select * replace (content_id::uuid as content_id)
from read_parquet(getvariable('scan_files'));

create or replace temp table scan as
select
    source,
    path,
    path_date,
    size,
    mtime_ns,
    fingerprint,
    is_settled,
    content_id,
    case
        when fate = 'gone' then 'gone'
        when fate = 'unreadable' then 'rejected'
        when content_id in (select rejected.content_id from raw.rejected) then 'rejected'
        when
            content_id in (
                select shard_rejected.content_id::uuid
                from read_parquet(getvariable('rejected_files')) as shard_rejected
            )
            then 'rejected'
        else 'loaded'
    end as status,
    fate = 'unreadable' as is_unreadable,
    problem_stage,
    problem_code
from scan_rows
where fate <> 'note';

select count(*) as differences
from scan
left join raw.files on scan.source = files.source and scan.path = files.path
-- Also a problem that went away: nothing else may differ where a content stays rejected.
left join raw.problems
    on
        scan.source = problems.source
        and scan.path = problems.path
        and (
            scan.problem_stage = problems.stage
            or (scan.problem_stage is null and problems.stage in ('extract', 'derive'))
        )
where
    case
        when scan.status = 'gone' then files.status <> 'deleted'
        when files.path is null then true
        else
            scan.status <> files.status
            or scan.problem_code is distinct from problems.code
            -- So that the next build sees that it did not change again.
            or (scan.problem_stage = 'derive' and (scan.size, scan.mtime_ns) <> (files.size, files.mtime_ns))
            or (not scan.is_unreadable and scan.content_id is distinct from files.content_id)
    end;
