-- One row per source and week of publication; weeks between two with documents are there with zeros.
-- Documents without a date are in the row whose week is null; gaps of over ten years mean wrong dates, and stay.
create or replace view report.publishing_by_week as
select
    source,
    first_day as week,
    documents,
    words,
    reading_minutes,
    documents_to_date
from report.publishing_by('week')
order by source asc, week asc nulls last;

comment on view report.publishing_by_week is 'One row per source and week of publication; weeks between two with documents are there with zeros. Documents without a date are in the row whose week is null; gaps of over ten years mean wrong dates, and stay.';
comment on column report.publishing_by_week.source is 'source';
comment on column report.publishing_by_week.week is 'Monday of the week, UTC';
comment on column report.publishing_by_week.documents is 'documents published';
comment on column report.publishing_by_week.words is 'their words';
comment on column report.publishing_by_week.reading_minutes is 'minutes to read them';
comment on column report.publishing_by_week.documents_to_date is 'documents of the source published until the end of this week; undated ones come last';
