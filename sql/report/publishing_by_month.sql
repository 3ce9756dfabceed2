-- One row per source and month of publication; months between two with documents are there with zeros.
-- Documents without a date are in the row whose month is null; gaps of over ten years mean wrong dates, and stay.
create or replace view report.publishing_by_month as
select
    source,
    first_day as month,
    documents,
    words,
    reading_minutes,
    documents_to_date
from report.publishing_by('month')
order by source asc, month asc nulls last;

comment on view report.publishing_by_month is 'One row per source and month of publication; months between two with documents are there with zeros. Documents without a date are in the row whose month is null; gaps of over ten years mean wrong dates, and stay.';
comment on column report.publishing_by_month.source is 'source';
comment on column report.publishing_by_month.month is 'first day of the month, UTC';
comment on column report.publishing_by_month.documents is 'documents published';
comment on column report.publishing_by_month.words is 'their words';
comment on column report.publishing_by_month.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_month.documents_to_date is 'documents of the source published until the end of this month; undated ones come last';
