-- One row per current document.
-- Title falls back to the first heading, then to the file's name.
-- key: document_id
create or replace view main.documents as
select
    documents.document_id,
    documents.source,
    documents.path,
    documents.content_id,
    documents.title,
    documents.title_from,
    documents.description,
    documents.author,
    documents.published_at,
    documents.published_raw,
    documents.published_precision,
    documents.published_from,
    documents.source_url,
    documents.source_host,
    documents.language,
    documents.languages,
    documents.word_count,
    documents.cjk_character_count,
    documents.character_count,
    documents.sentence_count,
    documents.reading_minutes,
    documents.chinese_word_count,
    documents.code_block_count,
    documents.code_line_count,
    documents.table_count,
    documents.task_count,
    documents.task_done_count,
    documents.footnote_count,
    documents.tags,
    contents.front_matter,
    documents.front_matter_format,
    contents.front_matter_raw,
    contents.body,
    documents.encoding,
    documents.byte_count,
    documents.first_seen_at,
    documents.updated_at
from raw.documents
inner join raw.contents on documents.content_id = contents.content_id;

comment on view main.documents is 'One row per current document. Title falls back to the first heading, then to the file''s name.';
comment on column main.documents.document_id is 'document: from the source and the path first seen';
comment on column main.documents.source is 'source the document belongs to';
comment on column main.documents.path is 'path below the root of the source';
comment on column main.documents.content_id is 'first 128 bits of the SHA-256 of the file';
comment on column main.documents.title is 'title: front matter, else first heading, else file name';
comment on column main.documents.title_from is 'where the title comes from: front_matter, heading or file_name';
comment on column main.documents.description is 'description or summary of the front matter';
comment on column main.documents.author is 'author or authors, joined by comma';
comment on column main.documents.published_at is 'moment of publication: front matter, else the day that the path names';
comment on column main.documents.published_raw is 'the date of the front matter as written';
comment on column main.documents.published_precision is 'year, month, day, minute or second';
comment on column main.documents.published_from is 'where the date comes from: front_matter or path';
comment on column main.documents.source_url is 'address that a link on top of the body names as the source';
comment on column main.documents.source_host is 'host of that address';
comment on column main.documents.language is 'language with the largest share, BCP 47';
comment on column main.documents.languages is 'all languages with their share of the letters, largest first';
comment on column main.documents.word_count is 'words of the visible text: UAX #29 words outside CJK plus one per CJK character';
comment on column main.documents.cjk_character_count is 'CJK characters of the visible text';
comment on column main.documents.character_count is 'characters of the visible text, white space left out';
comment on column main.documents.sentence_count is 'sentences of the visible text';
comment on column main.documents.reading_minutes is 'minutes to read the visible text: 238 words, 255 Chinese or Korean characters, 357 Japanese ones a minute';
comment on column main.documents.chinese_word_count is 'words of the Chinese text, as the segmenter cuts it; word_count has its characters instead';
comment on column main.documents.code_block_count is 'code blocks';
comment on column main.documents.code_line_count is 'lines of code in them';
comment on column main.documents.table_count is 'tables';
comment on column main.documents.task_count is 'items of task lists';
comment on column main.documents.task_done_count is 'ticked ones among them';
comment on column main.documents.footnote_count is 'footnotes';
comment on column main.documents.tags is 'normalised tags of front matter and body, in their order';
comment on column main.documents.front_matter is 'front matter as JSON, keys in their order';
comment on column main.documents.front_matter_format is 'yaml, toml, json or none';
comment on column main.documents.front_matter_raw is 'text between the fences, exactly';
comment on column main.documents.body is 'text after the closing fence, exactly';
comment on column main.documents.encoding is 'encoding the bytes were decoded with';
comment on column main.documents.byte_count is 'size of the file in bytes';
comment on column main.documents.first_seen_at is 'when the document was first loaded';
comment on column main.documents.updated_at is 'when its content last changed';
