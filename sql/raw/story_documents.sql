-- One row per current document that shares a story with another, kept up to date by each build.
create table if not exists raw.story_documents (
    document_id uuid not null,
    story_id uuid
);

comment on table raw.story_documents is 'One row per current document that shares a story with another, kept up to date by each build.';
comment on column raw.story_documents.document_id is 'document';
comment on column raw.story_documents.story_id is 'document that the story is named after: the first by source and path';
