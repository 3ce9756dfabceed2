-- Segments, sections, links, code blocks and quantities of a content are numbered from 0 without a hole.
-- severity: error
with numbered as (
    select
        'segments' as owned,
        content_id,
        count(*) as places,
        count(distinct position) as positions,
        max(position) as last_position
    from raw.content_segments
    group by content_id
    union all
    select
        'sections' as owned,
        content_id,
        count(*) as places,
        count(distinct position) as positions,
        max(position) as last_position
    from raw.content_sections
    group by content_id
    union all
    select
        'links' as owned,
        content_id,
        count(*) as places,
        count(distinct position) as positions,
        max(position) as last_position
    from raw.content_links
    group by content_id
    union all
    select
        'code_blocks' as owned,
        content_id,
        count(*) as places,
        count(distinct position) as positions,
        max(position) as last_position
    from raw.content_code_blocks
    group by content_id
    union all
    select
        'quantities' as owned,
        content_id,
        count(*) as places,
        count(distinct position) as positions,
        max(position) as last_position
    from raw.content_quantities
    group by content_id
)

select
    owned,
    content_id,
    places,
    positions,
    last_position
from numbered
where places <> positions or places <> last_position + 1;
