-- One row per source and month of publication; months between two with documents are there with zeros.
-- Documents without a date are in the row whose month is null; gaps of over ten years mean wrong dates, and stay.
create or replace view report.publishing_by_month as
with published as (
    select
        source,
        date_trunc('month', published_at at time zone 'UTC')::date as month,
        word_count,
        reading_minutes
    from main.documents
),

counted as (
    select
        source,
        month,
        count(*) as documents,
        sum(word_count)::bigint as words,
        round(sum(reading_minutes), 1) as reading_minutes
    from published
    group by source, month
),

followed as (
    select
        source,
        month,
        lead(month) over (partition by source order by month) as next_month
    from counted
    where month is not null
),

filled as (
    select
        source,
        month,
        documents,
        words,
        reading_minutes
    from counted
    union all
    select
        source,
        unnest(range(month + interval 1 month, next_month::timestamp, interval 1 month))::date as month,
        0 as documents,
        0 as words,
        0 as reading_minutes
    from followed
    where next_month <= month + interval 10 year
)

select
    source,
    month,
    documents,
    words,
    reading_minutes,
    (sum(documents) over (partition by source order by month asc nulls last))::bigint as documents_to_date
from filled
order by source asc, month asc nulls last;

comment on view report.publishing_by_month is 'One row per source and month of publication; months between two with documents are there with zeros. Documents without a date are in the row whose month is null; gaps of over ten years mean wrong dates, and stay.';
comment on column report.publishing_by_month.source is 'source';
comment on column report.publishing_by_month.month is 'first day of the month, UTC';
comment on column report.publishing_by_month.documents is 'documents published';
comment on column report.publishing_by_month.words is 'their words';
comment on column report.publishing_by_month.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_month.documents_to_date is 'documents of the source published until the end of this month; undated ones come last';
