-- One row per heading of a document.
-- key: document_id, position
create or replace view main.sections as
select
    versions.document_id,
    rows.position,
    rows.level,
    rows.title,
    rows.anchor,
    rows.parent_position,
    rows.word_count
from raw.versions
inner join raw.content_sections as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.sections is 'One row per heading of a document.';
comment on column main.sections.document_id is 'document';
comment on column main.sections.position is '0-based place in the document';
comment on column main.sections.level is '1 to 6';
comment on column main.sections.title is 'text of the heading without markup';
comment on column main.sections.anchor is 'anchor as GitHub makes it';
comment on column main.sections.parent_position is 'position of the enclosing heading';
comment on column main.sections.word_count is 'words below the heading and before the next';
