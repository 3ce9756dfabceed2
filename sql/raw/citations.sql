-- One row per document and other document that it links to, made anew from main.links by each build.
create table if not exists raw.citations (
    document_id uuid not null,
    target_document_id uuid not null,
    links bigint
);

comment on table raw.citations is 'One row per document and other document that it links to, made anew from main.links by each build.';
comment on column raw.citations.document_id is 'document that links';
comment on column raw.citations.target_document_id is 'document it links to';
comment on column raw.citations.links is 'how many of its links lead there';
