-- One row per document that tells the same story as another.
-- Documents tell one story when they name one source, their texts are alike, or they share rare terms within a week.
-- key: document_id
create or replace view main.story_documents as
select
    document_id,
    story_id
from raw.story_documents;

comment on view main.story_documents is 'One row per document that tells the same story as another. Documents tell one story when they name one source, their texts are alike, or they share rare terms within a week.';
comment on column main.story_documents.document_id is 'document';
comment on column main.story_documents.story_id is 'document that the story is named after: the first by source and path';
