-- One row per source: how much it holds, how fresh it is, and where it has gaps.
-- Days are counted to the start of the last run; documents dated after it say nothing about freshness or gaps.
create or replace view report.sources as
with present as (
    select max(started_at) as run_at
    from main.runs
),

totals as (
    select
        documents.source,
        count(*) as documents,
        sum(documents.word_count)::bigint as words,
        count(*) filter (where documents.published_at is null) as undated_documents,
        count(*) filter (where documents.published_at > present.run_at) as future_documents,
        min(documents.published_at) as first_published_at,
        max(documents.published_at) as last_published_at,
        max(documents.updated_at) as last_updated_at
    from raw.documents
    cross join present
    group by documents.source
),

gaps as (
    select
        documents.source,
        (documents.published_at at time zone 'UTC')::date as day,
        lag(day) over (partition by documents.source order by day) as previous_day
    from raw.documents
    cross join present
    where documents.published_at <= present.run_at
    group by documents.source, day
),

rhythms as (
    select
        source,
        max(day) as last_day,
        median(day - previous_day) as usual_gap_days,
        max(day - previous_day) as longest_gap_days,
        arg_max(previous_day, (day - previous_day, previous_day)) as longest_gap_from
    from gaps
    group by source
)

select
    totals.source,
    totals.documents,
    totals.words,
    totals.undated_documents,
    totals.future_documents,
    totals.first_published_at,
    totals.last_published_at,
    (present.run_at at time zone 'UTC')::date - rhythms.last_day as days_since_last,
    rhythms.usual_gap_days,
    rhythms.longest_gap_days,
    rhythms.longest_gap_from,
    coalesce(days_since_last > 3 * greatest(rhythms.usual_gap_days, 1), false) as is_stale,
    totals.last_updated_at
from totals
left join rhythms on totals.source = rhythms.source
cross join present
order by totals.source;

comment on view report.sources is 'One row per source: how much it holds, how fresh it is, and where it has gaps. Days are counted to the start of the last run; documents dated after it say nothing about freshness or gaps.';
comment on column report.sources.source is 'source';
comment on column report.sources.documents is 'current documents';
comment on column report.sources.words is 'their words';
comment on column report.sources.undated_documents is 'documents without a date of publication';
comment on column report.sources.future_documents is 'documents dated after the start of the last run';
comment on column report.sources.first_published_at is 'earliest publication';
comment on column report.sources.last_published_at is 'latest publication';
comment on column report.sources.days_since_last is 'days from the latest publication until the last run to that run';
comment on column report.sources.usual_gap_days is 'median of the days between one day with a document and the next';
comment on column report.sources.longest_gap_days is 'most days between two such days';
comment on column report.sources.longest_gap_from is 'day after which the longest gap began';
comment on column report.sources.is_stale is 'nothing was published for more than three times the usual gap, a day at least';
comment on column report.sources.last_updated_at is 'when a document last changed';
