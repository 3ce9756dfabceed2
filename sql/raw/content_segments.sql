-- One row per run of one language in a content.
-- Position counts from 0.
create table if not exists raw.content_segments (
    content_id uuid not null,
    position bigint,
    language varchar,
    text varchar,
    word_count bigint,
    cjk_character_count bigint
);

comment on table raw.content_segments is 'One row per run of one language in a content. Position counts from 0.';
comment on column raw.content_segments.content_id is 'content';
comment on column raw.content_segments.position is '0-based place';
comment on column raw.content_segments.language is 'BCP 47';
comment on column raw.content_segments.text is 'visible text, without markup';
comment on column raw.content_segments.word_count is 'words as in raw.contents';
comment on column raw.content_segments.cjk_character_count is 'CJK characters';
