-- One row per tag.
create or replace view report.tags as
with document_tags as (
    select distinct
        document_id,
        tag
    from main.document_tags
)

select
    document_tags.tag,
    count(*) as documents,
    count(distinct documents.source) as sources,
    min(documents.published_at) as first_published_at,
    max(documents.published_at) as last_published_at
from document_tags
inner join main.documents on document_tags.document_id = documents.document_id
group by document_tags.tag
order by documents desc, document_tags.tag asc;

comment on view report.tags is 'One row per tag.';
comment on column report.tags.tag is 'normalised tag';
comment on column report.tags.documents is 'documents that carry it';
comment on column report.tags.sources is 'sources they come from';
comment on column report.tags.first_published_at is 'earliest publication';
comment on column report.tags.last_published_at is 'latest publication';
