-- Stored texts of the contents that need a family derived again, as files for the workers.
-- In place of those of an attempt that failed.
copy (
    select
        content_id::blob as content_id,
        opening || front_matter_raw || closing || body as text
    from raw.contents
    where content_id in (select stale_contents.content_id from stale_contents)
) to '{{ folder }}' (format parquet, file_size_bytes '{{ batch_bytes }}B', row_group_size 1000, overwrite);
