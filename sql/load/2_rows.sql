-- One table's rows from the shards; run once per table, with its names filled in.
insert into raw.{{ target }} by name
select shard_rows.* exclude (filename) replace (shard_rows.content_id::uuid as content_id) -- noqa: RF02
from read_parquet(getvariable('{{ table }}_files'), filename = true) as shard_rows
anti join {{ skipped }} as skipped
    on
        parse_dirpath(shard_rows.filename) = skipped.shard
        and shard_rows.content_id::uuid = skipped.content_id;
