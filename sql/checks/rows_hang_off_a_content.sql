-- Segments, sections, links, fields, tags, problems, readings and files belong to a stored content.
-- severity: error
with owners as (
    select content_id
    from raw.contents
    union all
    select content_id
    from raw.rejected
),

hanging as (
    select distinct
        'segments' as owned,
        content_id
    from raw.content_segments
    union all
    select distinct
        'sections' as owned,
        content_id
    from raw.content_sections
    union all
    select distinct
        'links' as owned,
        content_id
    from raw.content_links
    union all
    select distinct
        'fields' as owned,
        content_id
    from raw.content_fields
    union all
    select distinct
        'tags' as owned,
        content_id
    from raw.content_tags
    union all
    select distinct
        'problems' as owned,
        content_id
    from raw.content_problems
    union all
    select distinct
        'metadata' as owned,
        content_id
    from raw.content_metadata
    union all
    select distinct
        'files' as owned,
        content_id
    from raw.files
    where content_id is not null
)

select
    hanging.owned,
    hanging.content_id
from hanging
anti join owners on hanging.content_id = owners.content_id;
