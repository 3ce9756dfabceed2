-- One row per source and day of publication.
-- Documents without a date are in the row whose day is null; a day without a document has no row.
create or replace view report.publishing_by_day as
with published as (
    select
        source,
        (published_at at time zone 'UTC')::date as day,
        word_count,
        reading_minutes
    from raw.documents
)

select
    source,
    day,
    count(*) as documents,
    sum(word_count)::bigint as words,
    -- Of decimals, and minutes have two places, the sum is the same in any order.
    round(sum(reading_minutes::decimal(18, 2)), 1)::double as reading_minutes,
    (sum(count(*)) over (partition by source order by day asc nulls last))::bigint as documents_to_date
from published
group by source, day
order by source asc, day asc nulls last;

comment on view report.publishing_by_day is 'One row per source and day of publication. Documents without a date are in the row whose day is null; a day without a document has no row.';
comment on column report.publishing_by_day.source is 'source';
comment on column report.publishing_by_day.day is 'day, UTC';
comment on column report.publishing_by_day.documents is 'documents published';
comment on column report.publishing_by_day.words is 'their words';
comment on column report.publishing_by_day.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_day.documents_to_date is 'documents of the source published until the end of this day; undated ones come last';
