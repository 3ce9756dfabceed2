-- Stored texts of the contents that need a family derived again, as files for the workers.
-- With a profile: those its sources have now or had before; without (null): all.
copy (
    select
        content_id::blob as content_id,
        opening || front_matter_raw || closing || body as text
    from raw.contents
    where
        getvariable('stale_profile') is null
        or (
            content_id in (
                select versions.content_id
                from raw.versions
                where versions.source in (select unnest(getvariable('stale_sources')::varchar[]))
            )
            and (
                getvariable('is_profile_stale')
                or content_id not in (
                    select content_metadata.content_id
                    from raw.content_metadata
                    where content_metadata.profile_id = getvariable('stale_profile')
                )
            )
        )
) to '{{ folder }}' (format parquet, file_size_bytes '{{ batch_bytes }}B', row_group_size 1000);
