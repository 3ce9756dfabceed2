-- One row per heading of a content.
-- Position counts headings from 0.
create table if not exists raw.content_sections (
    content_id uuid not null,
    position bigint,
    level bigint,
    title varchar,
    anchor varchar,
    parent_position bigint,
    word_count bigint
);

comment on table raw.content_sections is 'One row per heading of a content. Position counts headings from 0.';
comment on column raw.content_sections.content_id is 'content';
comment on column raw.content_sections.position is '0-based place';
comment on column raw.content_sections.level is '1 to 6';
comment on column raw.content_sections.title is 'text without markup';
comment on column raw.content_sections.anchor is 'anchor as GitHub makes it';
comment on column raw.content_sections.parent_position is 'position of the enclosing heading';
comment on column raw.content_sections.word_count is 'words below this heading, before the next';
