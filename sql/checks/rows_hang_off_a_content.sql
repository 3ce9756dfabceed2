-- Everything derived, and every file, belongs to a stored content.
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
        'mentions' as owned,
        content_id
    from raw.content_mentions
    union all
    select distinct
        'entities' as owned,
        content_id
    from raw.content_entities
    union all
    select distinct
        'name pairs' as owned,
        content_id
    from raw.content_name_pairs
    union all
    select distinct
        'entity states' as owned,
        content_id
    from raw.entity_states
    union all
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
        'code_blocks' as owned,
        content_id
    from raw.content_code_blocks
    union all
    select distinct
        'terms' as owned,
        content_id
    from raw.content_terms
    union all
    select distinct
        'rule_tags' as owned,
        content_id
    from raw.content_rule_tags
    union all
    select distinct
        'signatures' as owned,
        content_id
    from raw.content_signatures
    union all
    select distinct
        'quantities' as owned,
        content_id
    from raw.content_quantities
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
