-- One row per tag and month of publication.
-- Undated documents are left out; a month without a document has no row.
create or replace view report.tags_by_month as
with tagged as (
    select distinct
        document_id,
        tag
    from main.document_tags
),

dated as (
    select
        document_id,
        date_trunc('month', published_at)::date as month
    from main.documents
    where published_at is not null
),

totals as (
    select
        month,
        count(*) as month_documents
    from dated
    group by month
)

select
    tagged.tag,
    dated.month,
    count(*) as documents,
    round(count(*) / any_value(totals.month_documents), 4) as share
from tagged
inner join dated on tagged.document_id = dated.document_id
inner join totals on dated.month = totals.month
group by tagged.tag, dated.month
order by tagged.tag, dated.month;

comment on view report.tags_by_month is 'One row per tag and month of publication. Undated documents are left out; a month without a document has no row.';
comment on column report.tags_by_month.tag is 'normalised tag';
comment on column report.tags_by_month.month is 'first day of the month, UTC';
comment on column report.tags_by_month.documents is 'documents of the month that carry it';
comment on column report.tags_by_month.share is 'their share of all dated documents of the month';
