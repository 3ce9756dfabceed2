-- One row per source and month of publication.
-- Documents without a date are in the row whose month is null; a month without a document has no row.
create or replace view report.publishing_by_month as
with published as (
    select
        source,
        date_trunc('month', published_at)::date as month,
        word_count,
        reading_minutes
    from main.documents
)

select
    source,
    month,
    count(*) as documents,
    sum(word_count)::bigint as words,
    round(sum(reading_minutes), 1) as reading_minutes,
    (sum(count(*)) over (partition by source order by month asc nulls last))::bigint as documents_to_date
from published
group by source, month
order by source asc, month asc nulls last;

comment on view report.publishing_by_month is 'One row per source and month of publication. Documents without a date are in the row whose month is null; a month without a document has no row.';
comment on column report.publishing_by_month.source is 'source';
comment on column report.publishing_by_month.month is 'first day of the month, UTC';
comment on column report.publishing_by_month.documents is 'documents published';
comment on column report.publishing_by_month.words is 'their words';
comment on column report.publishing_by_month.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_month.documents_to_date is 'documents of the source published until the end of this month; undated ones come last';
