-- One row per distinct content, keyed by the hash of its bytes.
-- Stamped with the versions of the derivation that produced it (raw.derivations).
create table if not exists raw.contents (
    content_id uuid not null,
    byte_count bigint,
    encoding varchar,
    front_matter_format varchar,
    opening varchar,
    front_matter_raw varchar,
    closing varchar,
    front_matter json,
    body varchar,
    first_heading varchar,
    code_block_count bigint,
    code_line_count bigint,
    table_count bigint,
    task_count bigint,
    task_done_count bigint,
    footnote_count bigint,
    source_url varchar,
    source_host varchar,
    language varchar,
    languages struct(language varchar, share double)[],
    word_count bigint,
    cjk_character_count bigint,
    character_count bigint,
    sentence_count bigint,
    reading_minutes double,
    chinese_word_count bigint
);

comment on table raw.contents is 'One row per distinct content, keyed by the hash of its bytes. Stamped with the versions of the derivation that produced it (raw.derivations).';
comment on column raw.contents.content_id is 'first 128 bits of the SHA-256 of the bytes';
comment on column raw.contents.byte_count is 'size in bytes';
comment on column raw.contents.encoding is 'encoding the bytes were decoded with';
comment on column raw.contents.front_matter_format is 'yaml, toml, json or none';
comment on column raw.contents.opening is 'text before the front matter: blank lines and the opening fence';
comment on column raw.contents.front_matter_raw is 'text between the fences, exactly';
comment on column raw.contents.closing is 'the closing fence with its line end';
comment on column raw.contents.front_matter is 'front matter as JSON, keys in their order';
comment on column raw.contents.body is 'text after the closing fence, exactly';
comment on column raw.contents.first_heading is 'text of the first heading in the body';
comment on column raw.contents.code_block_count is 'code blocks';
comment on column raw.contents.code_line_count is 'lines of code in them';
comment on column raw.contents.table_count is 'tables';
comment on column raw.contents.task_count is 'items of task lists';
comment on column raw.contents.task_done_count is 'ticked ones among them';
comment on column raw.contents.footnote_count is 'footnotes';
comment on column raw.contents.source_url is 'address that a leading link names as the source';
comment on column raw.contents.source_host is 'host of that address';
comment on column raw.contents.language is 'language with the largest share, BCP 47';
comment on column raw.contents.languages is 'all languages with their share of the letters, largest first';
comment on column raw.contents.word_count is 'words of the visible text: UAX #29 outside CJK plus one per CJK character';
comment on column raw.contents.cjk_character_count is 'CJK characters of the visible text';
comment on column raw.contents.character_count is 'characters of the visible text without white space';
comment on column raw.contents.sentence_count is 'sentences of the visible text';
comment on column raw.contents.reading_minutes is 'minutes to read the visible text';
comment on column raw.contents.chinese_word_count is 'words of the Chinese text, as the segmenter cuts it';
