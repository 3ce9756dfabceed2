-- One row per source and month of publication.
-- Documents without a date are in the row whose month is null.
create or replace view report.publishing_by_month as
select
    source,
    date_trunc('month', published_at)::date as month,
    count(*) as documents,
    sum(word_count) as words
from main.documents
group by all
order by source, month;

comment on view report.publishing_by_month is 'One row per source and month of publication. Documents without a date are in the row whose month is null.';
comment on column report.publishing_by_month.source is 'source';
comment on column report.publishing_by_month.month is 'first day of the month, UTC';
comment on column report.publishing_by_month.documents is 'documents published';
comment on column report.publishing_by_month.words is 'their words';
