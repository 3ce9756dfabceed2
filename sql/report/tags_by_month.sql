-- One row per tag and month of publication.
-- Undated documents are left out; a month without a document has no row.
create or replace view report.tags_by_month as
with dated as (
    select
        document_id,
        tags,
        date_trunc('month', published_at at time zone 'UTC')::date as month
    from raw.documents
    where published_at is not null
),

totals as (
    select
        month,
        count(*) as month_documents
    from dated
    group by month
),

tagged as (
    select
        month,
        unnest(tags) as tag
    from dated
    union all
    select
        dated.month,
        rules.tag
    from main.document_tags as rules
    inner join dated on rules.document_id = dated.document_id
    where rules.origin = 'rule' and not coalesce(list_contains(dated.tags, rules.tag), false)
),

counted as (
    select
        tag,
        month,
        count(*) as documents
    from tagged
    group by tag, month
)

select
    counted.tag,
    counted.month,
    counted.documents,
    round(counted.documents / totals.month_documents, 4) as share
from counted
inner join totals on counted.month = totals.month
order by counted.tag, counted.month;

comment on view report.tags_by_month is 'One row per tag and month of publication. Undated documents are left out; a month without a document has no row.';
comment on column report.tags_by_month.tag is 'normalised tag';
comment on column report.tags_by_month.month is 'first day of the month, UTC';
comment on column report.tags_by_month.documents is 'documents of the month that carry it';
comment on column report.tags_by_month.share is 'their share of all dated documents of the month';
