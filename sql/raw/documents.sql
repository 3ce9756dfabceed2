-- One row per current document with all that is said of it but its texts, kept up to date by each build.
-- A report that joined it from versions, metadata and contents would take twice as long at a million documents.
create table if not exists raw.documents (
    document_id uuid not null,
    source varchar,
    path varchar,
    content_id uuid,
    title varchar,
    title_from varchar,
    description varchar,
    author varchar,
    published_at timestamptz,
    published_raw varchar,
    published_precision varchar,
    published_from varchar,
    source_url varchar,
    source_host varchar,
    language varchar,
    languages struct(language varchar, share double)[],
    word_count bigint,
    cjk_character_count bigint,
    character_count bigint,
    sentence_count bigint,
    reading_minutes double,
    chinese_word_count bigint,
    code_block_count bigint,
    code_line_count bigint,
    table_count bigint,
    task_count bigint,
    task_done_count bigint,
    footnote_count bigint,
    tags varchar[],
    front_matter_format varchar,
    encoding varchar,
    byte_count bigint,
    first_seen_at timestamptz,
    updated_at timestamptz
);

comment on table raw.documents is 'One row per current document with all that is said of it but its texts, kept up to date by each build.';
comment on column raw.documents.document_id is 'document: from the source and the path first seen';
comment on column raw.documents.source is 'source the document belongs to';
comment on column raw.documents.path is 'path below the root of the source';
comment on column raw.documents.content_id is 'first 128 bits of the SHA-256 of the file';
comment on column raw.documents.title is 'title: front matter, else first heading, else file name';
comment on column raw.documents.title_from is 'where the title comes from: front_matter, heading or file_name';
comment on column raw.documents.description is 'description or summary of the front matter';
comment on column raw.documents.author is 'author or authors, joined by comma';
comment on column raw.documents.published_at is 'moment of publication: front matter, else the day that the path names';
comment on column raw.documents.published_raw is 'the date of the front matter as written';
comment on column raw.documents.published_precision is 'year, month, day, minute or second';
comment on column raw.documents.published_from is 'where the date comes from: front_matter or path';
comment on column raw.documents.source_url is 'address that a link on top of the body names as the source';
comment on column raw.documents.source_host is 'host of that address';
comment on column raw.documents.language is 'language with the largest share, BCP 47';
comment on column raw.documents.languages is 'all languages with their share of the letters, largest first';
comment on column raw.documents.word_count is 'words of the visible text: UAX #29 words outside CJK plus one per CJK character';
comment on column raw.documents.cjk_character_count is 'CJK characters of the visible text';
comment on column raw.documents.character_count is 'characters of the visible text, white space left out';
comment on column raw.documents.sentence_count is 'sentences of the visible text';
comment on column raw.documents.reading_minutes is 'minutes to read the visible text: 238 words, 255 Chinese or Korean characters, 357 Japanese ones a minute';
comment on column raw.documents.chinese_word_count is 'words of the Chinese text, as the segmenter cuts it; word_count has its characters instead';
comment on column raw.documents.code_block_count is 'code blocks';
comment on column raw.documents.code_line_count is 'lines of code in them';
comment on column raw.documents.table_count is 'tables';
comment on column raw.documents.task_count is 'items of task lists';
comment on column raw.documents.task_done_count is 'ticked ones among them';
comment on column raw.documents.footnote_count is 'footnotes';
comment on column raw.documents.tags is 'normalised tags of front matter and body, in their order';
comment on column raw.documents.front_matter_format is 'yaml, toml, json or none';
comment on column raw.documents.encoding is 'encoding the bytes were decoded with';
comment on column raw.documents.byte_count is 'size of the file in bytes';
comment on column raw.documents.first_seen_at is 'when the document was first loaded';
comment on column raw.documents.updated_at is 'when its content last changed';
