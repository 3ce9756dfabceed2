-- One row per run of one language in a document.
-- key: document_id, position
create or replace view main.segments as
select
    versions.document_id,
    rows.position,
    rows.language,
    rows.text,
    rows.word_count,
    rows.cjk_character_count
from raw.versions
inner join raw.content_segments as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.segments is 'One row per run of one language in a document.';
comment on column main.segments.document_id is 'document';
comment on column main.segments.position is '0-based place in the document';
comment on column main.segments.language is 'language, BCP 47';
comment on column main.segments.text is 'visible text of the run, without markup';
comment on column main.segments.word_count is 'words, counted as in documents';
comment on column main.segments.cjk_character_count is 'CJK characters';
