-- What a mention says is what stands at its place in the segment; looked at for what the last run read.
-- severity: error
with last_read as (
    select content_id
    from raw.entity_states
    where run_id = (select max(runs.run_id) from raw.runs)
)

select
    mentions.content_id,
    mentions.segment_position,
    mentions.char_start,
    mentions.surface
from raw.content_mentions as mentions
left join raw.content_segments as segments
    on mentions.content_id = segments.content_id and mentions.segment_position = segments.position
where
    mentions.content_id in (select last_read.content_id from last_read)
    and mentions.surface is distinct from substring(
        segments.text, mentions.char_start + 1, mentions.char_end - mentions.char_start
    );
