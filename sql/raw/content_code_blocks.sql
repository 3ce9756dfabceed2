-- One row per code block of a content.
create table if not exists raw.content_code_blocks (
    content_id uuid not null,
    position bigint,
    language varchar,
    line_count bigint
);

comment on table raw.content_code_blocks is 'One row per code block of a content.';
comment on column raw.content_code_blocks.content_id is 'content';
comment on column raw.content_code_blocks.position is '0-based place';
comment on column raw.content_code_blocks.language is 'language the block names, in small letters';
comment on column raw.content_code_blocks.line_count is 'lines';
