-- Texts of some contents, a row per segment; a content without any has one row all the same.
select
    contents.content_id::blob as content_id,
    contents.front_matter::varchar as front_matter,
    segments.position,
    segments.language,
    segments.text
from raw.contents
left join raw.content_segments as segments
    on contents.content_id = segments.content_id
    -- Said twice: the large table is then read for these contents only.
    and segments.content_id in (select unnest(getvariable('entity_contents')::uuid[]))
where contents.content_id in (select unnest(getvariable('entity_contents')::uuid[]))
order by contents.content_id, segments.position;
