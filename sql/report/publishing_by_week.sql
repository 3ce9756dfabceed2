-- One row per source and week of publication; weeks between two with documents are there with zeros.
-- Documents without a date are in the row whose week is null; gaps of over ten years mean wrong dates, and stay.
create or replace view report.publishing_by_week as
with published as (
    select
        source,
        date_trunc('week', published_at at time zone 'UTC')::date as week,
        word_count,
        reading_minutes
    from main.documents
),

counted as (
    select
        source,
        week,
        count(*) as documents,
        sum(word_count)::bigint as words,
        round(sum(reading_minutes), 1) as reading_minutes
    from published
    group by source, week
),

followed as (
    select
        source,
        week,
        lead(week) over (partition by source order by week) as next_week
    from counted
    where week is not null
),

filled as (
    select
        source,
        week,
        documents,
        words,
        reading_minutes
    from counted
    union all
    select
        source,
        unnest(range(week + interval 1 week, next_week::timestamp, interval 1 week))::date as week,
        0 as documents,
        0 as words,
        0 as reading_minutes
    from followed
    where next_week <= week + interval 10 year
)

select
    source,
    week,
    documents,
    words,
    reading_minutes,
    (sum(documents) over (partition by source order by week asc nulls last))::bigint as documents_to_date
from filled
order by source asc, week asc nulls last;

comment on view report.publishing_by_week is 'One row per source and week of publication; weeks between two with documents are there with zeros. Documents without a date are in the row whose week is null; gaps of over ten years mean wrong dates, and stay.';
comment on column report.publishing_by_week.source is 'source';
comment on column report.publishing_by_week.week is 'Monday of the week, UTC';
comment on column report.publishing_by_week.documents is 'documents published';
comment on column report.publishing_by_week.words is 'their words';
comment on column report.publishing_by_week.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_week.documents_to_date is 'documents of the source published until the end of this week; undated ones come last';
