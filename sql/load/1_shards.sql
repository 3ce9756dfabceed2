-- Which rows of the shards are new. A content may stand in two shards, or in the store already under another
-- profile: its rows are taken from one shard only, and only once.
create or replace temp table shard_contents as
select
    content_id::uuid as content_id,
    profile_id,
    parse_dirpath(filename) as shard
from read_parquet(getvariable('metadata_files'), filename = true);

create or replace temp table skipped_readings as
select
    shard_contents.shard,
    shard_contents.content_id
from shard_contents
where
    (shard_contents.content_id, shard_contents.profile_id) in (
        select (content_metadata.content_id, content_metadata.profile_id) from raw.content_metadata
    )
union
select
    shard,
    content_id
from shard_contents
qualify shard <> min(shard) over (partition by content_id, profile_id);

create or replace temp table skipped_contents as
select
    shard,
    content_id
from shard_contents
where
    content_id in (select contents.content_id from raw.contents)
    or content_id in (select rejected.content_id from raw.rejected)
union
select
    shard,
    content_id
from shard_contents
qualify shard <> min(shard) over (partition by content_id);

-- The documents as they are before this run, seen before anything is written on any connection.
create or replace temp table current_versions as
select
    document_id,
    source,
    path,
    path_date,
    content_id,
    first_seen_at,
    updated_at
from raw.versions
where valid_to is null;
