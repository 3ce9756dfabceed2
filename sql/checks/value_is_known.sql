-- Statuses, changes, severities, formats, origins and kinds are among those the comments name.
-- severity: error
with used as (
    select distinct
        'files.status' as named,
        status as value
    from raw.files
    union all
    select distinct
        'versions.change' as named,
        change as value
    from raw.versions
    union all
    select distinct
        'problems.severity' as named,
        severity as value
    from raw.problems
    union all
    select distinct
        'content_problems.severity' as named,
        severity as value
    from raw.content_problems
    union all
    select distinct
        'contents.front_matter_format' as named,
        front_matter_format as value
    from raw.contents
    union all
    select distinct
        'content_metadata.published_precision' as named,
        coalesce(published_precision, 'none') as value
    from raw.content_metadata
    union all
    select distinct
        'content_tags.origin' as named,
        origin as value
    from raw.content_tags
    union all
    select distinct
        'content_links.kind' as named,
        kind as value
    from raw.content_links
    union all
    select distinct
        'content_quantities.kind' as named,
        kind as value
    from raw.content_quantities
),

known as (
    select
        listed.named,
        unnest(listed.known_values) as value
    from (
        values
        ('files.status', ['loaded', 'rejected', 'deleted']),
        ('versions.change', ['added', 'edited', 'renamed', 'deleted', 'restored']),
        ('problems.severity', ['info', 'warning', 'error']),
        ('content_problems.severity', ['info', 'warning', 'error']),
        ('contents.front_matter_format', ['yaml', 'toml', 'json', 'none']),
        ('content_metadata.published_precision', ['none', 'year', 'month', 'day', 'minute', 'second']),
        ('content_tags.origin', ['front_matter', 'inline', 'rule']),
        ('content_links.kind', ['external', 'internal', 'image', 'wiki']),
        ('content_quantities.kind', ['number', 'percent', 'date', 'ordinal'])
    ) as listed (named, known_values)
)

select
    used.named,
    used.value
from used
anti join known on used.named = known.named and used.value = known.value;
