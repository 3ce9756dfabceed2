-- One row per source and span of publication ('week', 'month', ...), by its first day; those between two are there with zeros.
-- Documents without a date are in the row whose span is null; gaps of over ten years mean wrong dates, and stay.
create or replace macro report.publishing_by(span) as table
with published as (
    select
        source,
        date_trunc(span, published_at at time zone 'UTC')::date as first_day,
        word_count,
        reading_minutes
    from raw.documents
),

counted as (
    select
        source,
        first_day,
        count(*) as documents,
        sum(word_count)::bigint as words,
        -- Of decimals, and minutes have two places, the sum is the same in any order.
        round(sum(reading_minutes::decimal(18, 2)), 1)::double as reading_minutes
    from published
    group by source, first_day
),

followed as (
    select
        source,
        first_day,
        lead(first_day) over (partition by source order by first_day) as next_day
    from counted
    where first_day is not null
),

filled as (
    select
        source,
        first_day,
        documents,
        words,
        reading_minutes
    from counted
    union all
    select
        source,
        unnest(range(first_day + ('1 ' || span)::interval, next_day::timestamp, ('1 ' || span)::interval))::date
            as first_day,
        0 as documents,
        0 as words,
        0 as reading_minutes
    from followed
    where next_day <= first_day + interval 10 year
)

select
    source,
    first_day,
    documents,
    words,
    reading_minutes,
    (sum(documents) over (partition by source order by first_day asc nulls last))::bigint as documents_to_date
from filled;

comment on macro table report.publishing_by is 'One row per source and span of publication: from report.publishing_by(''quarter''). The views publishing_by_week and publishing_by_month are made of it.';
