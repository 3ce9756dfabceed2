-- The last days brought about as many documents of each source as such a span usually does.
-- severity: warning
-- threshold: volume_factor
with present as (
    select getvariable('alarm_run_at')::timestamptz as run_at
),

limits as (
    select
        source,
        map_extract_value(getvariable('alarm_volume_factor')::map (varchar, double), source) as factor,
        map_extract_value(getvariable('alarm_volume_days')::map (varchar, double), source) as days
    from raw.sources
),

-- Spans count back from the run: 0 is the last one, 1 to 8 are those it is compared with.
arrivals as (
    select
        documents.source,
        floor(
            epoch(present.run_at - coalesce(documents.published_at, documents.first_seen_at)) / (limits.days * 86400)
        )::bigint as span
    from main.documents as documents
    inner join limits on documents.source = limits.source
    cross join present
    where limits.factor > 0 and coalesce(documents.published_at, documents.first_seen_at) <= present.run_at
),

-- Spans before a source's first document are no silence.
spans as (
    select
        source,
        unnest(range(least(max(span), 8) + 1)) as span
    from arrivals
    group by source
),

volumes as (
    select
        spans.source,
        spans.span,
        count(arrivals.span) as documents
    from spans
    left join arrivals on spans.source = arrivals.source and spans.span = arrivals.span
    group by spans.source, spans.span
),

habits as (
    select
        source,
        max(documents) filter (where span = 0) as documents,
        median(documents) filter (where span > 0) as usual_documents,
        count(*) filter (where span > 0) as compared_spans
    from volumes
    group by source
)

-- Small numbers vary by themselves: chance alone does not fire.
select
    habits.source,
    limits.days,
    habits.documents,
    habits.usual_documents,
    limits.factor
from habits
inner join limits on habits.source = limits.source
where
    habits.compared_spans >= 4
    and abs(habits.documents - habits.usual_documents) > 2 * sqrt(habits.usual_documents) + 1
    and (
        habits.documents > habits.usual_documents * limits.factor
        or habits.documents < habits.usual_documents / limits.factor
    )
order by habits.source;
