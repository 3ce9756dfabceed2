-- One row per document that no other document links to, while others of its source are linked to.
-- Sources whose documents do not link to each other at all are left out.
create or replace view report.orphans as
with cited as (
    select distinct target_document_id as document_id
    from main.citations
),

linking_sources as (
    select distinct documents.source
    from raw.documents
    inner join cited on documents.document_id = cited.document_id
)

select
    documents.source,
    documents.path,
    documents.title,
    documents.published_at,
    documents.word_count
from raw.documents
anti join cited on documents.document_id = cited.document_id
where documents.source in (select linking_sources.source from linking_sources)
order by documents.source, documents.path;

comment on view report.orphans is 'One row per document that no other document links to, while others of its source are linked to. Sources whose documents do not link to each other at all are left out.';
comment on column report.orphans.source is 'source';
comment on column report.orphans.path is 'path';
comment on column report.orphans.title is 'title';
comment on column report.orphans.published_at is 'moment of publication';
comment on column report.orphans.word_count is 'words';
