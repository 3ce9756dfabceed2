-- One row per document and other document that it links to: the graph of the links between documents.
-- key: document_id, target_document_id
create or replace view main.citations as
select
    document_id,
    target_document_id,
    links
from raw.citations;

comment on view main.citations is 'One row per document and other document that it links to: the graph of the links between documents.';
comment on column main.citations.document_id is 'document that links';
comment on column main.citations.target_document_id is 'document of this store that it links to, never itself';
comment on column main.citations.links is 'how many of its links lead there';
