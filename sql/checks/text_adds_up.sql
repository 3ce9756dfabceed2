-- Fences, front matter and body of a UTF-8 file are as long as the file, but for a byte order mark: no text is lost.
-- severity: error
with last_run as (
    select max(run_id) as run_id
    from raw.versions
),

-- Texts do not change once they are stored, so those of the last run are enough.
new_contents as (
    select distinct versions.content_id
    from raw.versions
    inner join last_run on versions.run_id = last_run.run_id
),

-- Found by their place, so that no other text is read.
places as (
    select contents.rowid as place
    from raw.contents
    inner join new_contents on contents.content_id = new_contents.content_id
),

lengths as (
    select
        contents.content_id,
        contents.byte_count,
        strlen(contents.opening)
        + strlen(contents.front_matter_raw)
        + strlen(contents.closing)
        + strlen(contents.body) as text_bytes
    from raw.contents
    inner join places on contents.rowid = places.place
    where contents.encoding = 'utf-8'
)

select
    lengths.content_id,
    lengths.byte_count,
    lengths.text_bytes
from lengths
anti join raw.content_problems
    on lengths.content_id = content_problems.content_id and content_problems.code = 'bytes_replaced'
where lengths.byte_count - lengths.text_bytes not in (0, 3);
