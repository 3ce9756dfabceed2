-- One row per code block of a document.
-- key: document_id, position
create or replace view main.code_blocks as
select
    versions.document_id,
    rows.position,
    rows.language,
    rows.line_count
from raw.versions
inner join raw.content_code_blocks as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.code_blocks is 'One row per code block of a document.';
comment on column main.code_blocks.document_id is 'document';
comment on column main.code_blocks.position is '0-based place in the document';
comment on column main.code_blocks.language is 'language the block names, in small letters';
comment on column main.code_blocks.line_count is 'lines of code';
