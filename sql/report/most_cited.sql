-- One row per document that other documents link to, the most cited first.
create or replace view report.most_cited as
with citations as (
    select
        target_document_id as document_id,
        sum(links)::bigint as links,
        count(*) as citing_documents
    from main.citations
    group by target_document_id
)

select
    documents.source,
    documents.path,
    documents.title,
    citations.citing_documents,
    citations.links,
    documents.published_at
from citations
inner join raw.documents on citations.document_id = documents.document_id
order by citations.citing_documents desc, citations.links desc, documents.source asc, documents.path asc;

comment on view report.most_cited is 'One row per document that other documents link to, the most cited first.';
comment on column report.most_cited.source is 'source';
comment on column report.most_cited.path is 'path';
comment on column report.most_cited.title is 'title';
comment on column report.most_cited.citing_documents is 'documents that link to it';
comment on column report.most_cited.links is 'links to it';
comment on column report.most_cited.published_at is 'moment of publication';
