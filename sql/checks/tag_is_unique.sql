-- A document states a tag once per origin and spelling.
-- severity: error
select
    content_id,
    profile_id,
    tag,
    origin,
    tag_raw,
    count(*) as copies
from raw.content_tags
group by content_id, profile_id, tag, origin, tag_raw
having count(*) > 1;
