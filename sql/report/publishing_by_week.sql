-- One row per source and week of publication.
-- Documents without a date are in the row whose week is null; a week without a document has no row.
create or replace view report.publishing_by_week as
with published as (
    select
        source,
        date_trunc('week', published_at)::date as week,
        word_count,
        reading_minutes
    from main.documents
)

select
    source,
    week,
    count(*) as documents,
    sum(word_count)::bigint as words,
    round(sum(reading_minutes), 1) as reading_minutes,
    (sum(count(*)) over (partition by source order by week asc nulls last))::bigint as documents_to_date
from published
group by source, week
order by source asc, week asc nulls last;

comment on view report.publishing_by_week is 'One row per source and week of publication. Documents without a date are in the row whose week is null; a week without a document has no row.';
comment on column report.publishing_by_week.source is 'source';
comment on column report.publishing_by_week.week is 'Monday of the week, UTC';
comment on column report.publishing_by_week.documents is 'documents published';
comment on column report.publishing_by_week.words is 'their words';
comment on column report.publishing_by_week.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_week.documents_to_date is 'documents of the source published until the end of this week; undated ones come last';
