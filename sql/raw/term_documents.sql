-- One row per term: how many current documents have it, kept up to date by each build.
create table if not exists raw.term_documents (
    term varchar not null,
    document_count bigint
);

comment on table raw.term_documents is 'One row per term: how many current documents have it, kept up to date by each build.';
comment on column raw.term_documents.term is 'term';
comment on column raw.term_documents.document_count is 'current documents that have it';
