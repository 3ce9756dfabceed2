-- The contents of current documents whose entities were not looked for, or in another version, with their sizes.
select
    contents.content_id::varchar as content_id,
    sum(length(segments.text))::bigint as character_count
from raw.contents
left join raw.content_segments as segments on contents.content_id = segments.content_id
where
    contents.content_id in (
        select versions.content_id from raw.versions
        where versions.valid_to is null
    )
    and contents.content_id not in (
        select entity_states.content_id from raw.entity_states
        where entity_states.version = getvariable('entity_version')
    )
group by contents.content_id
order by contents.content_id;
