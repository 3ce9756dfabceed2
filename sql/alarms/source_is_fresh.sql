-- Every source got a document within the days that it may be silent.
-- severity: warning
-- threshold: stale_days
with present as (
    select getvariable('alarm_run_at')::timestamptz as run_at
),

-- When a document came: its date of publication, or else when it was first seen. Dates still to come say nothing.
arrivals as (
    select
        documents.source,
        max(coalesce(documents.published_at, documents.first_seen_at)) as last_document_at
    from main.documents as documents
    inner join present on coalesce(documents.published_at, documents.first_seen_at) <= present.run_at
    group by documents.source
),

limits as (
    select
        source,
        map_extract_value(getvariable('alarm_stale_days')::map (varchar, double), source) as allowed_days
    from raw.sources
)

select
    limits.source,
    arrivals.last_document_at,
    date_diff('day', arrivals.last_document_at, present.run_at) as days_silent,
    limits.allowed_days
from limits
cross join present
left join arrivals on limits.source = arrivals.source
where
    limits.allowed_days > 0
    and coalesce(arrivals.last_document_at < present.run_at - to_seconds(limits.allowed_days * 86400), true)
order by limits.source;
