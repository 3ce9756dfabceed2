-- One row per tag, with its trend: the last 28 days against the 28 before.
-- Days are counted back from the newest document, so that the same store always gives the same rows.
create or replace view report.tags as
with tagged as (
    select distinct
        document_id,
        tag
    from main.document_tags
),

dated as (
    select
        document_id,
        source,
        published_at,
        date_diff('day', published_at, max(published_at) over ()) as age_days
    from main.documents
)

select
    tagged.tag,
    count(*) as documents,
    count(distinct dated.source) as sources,
    min(dated.published_at) as first_published_at,
    max(dated.published_at) as last_published_at,
    count(*) filter (where dated.age_days < 28) as recent_documents,
    count(*) filter (where dated.age_days between 28 and 55) as earlier_documents,
    count(*) filter (where dated.age_days < 28) - count(*) filter (where dated.age_days between 28 and 55) as trend
from tagged
inner join dated on tagged.document_id = dated.document_id
group by tagged.tag
order by documents desc, tagged.tag asc;

comment on view report.tags is 'One row per tag, with its trend: the last 28 days against the 28 before. Days are counted back from the newest document, so that the same store always gives the same rows.';
comment on column report.tags.tag is 'normalised tag';
comment on column report.tags.documents is 'documents that carry it, whatever the origin';
comment on column report.tags.sources is 'sources they come from';
comment on column report.tags.first_published_at is 'earliest publication';
comment on column report.tags.last_published_at is 'latest publication';
comment on column report.tags.recent_documents is 'documents published within 28 days of the newest document';
comment on column report.tags.earlier_documents is 'documents published in the 28 days before';
comment on column report.tags.trend is 'how many more recent than earlier ones';
