-- One row per mention of an entity in a content.
-- Documents are cleaned up one by one: entity_key is not yet joined across languages.
create table if not exists raw.content_mentions (
    content_id uuid not null,
    segment_position bigint,
    entity_key varchar,
    kind varchar,
    surface varchar,
    char_start bigint,
    char_end bigint,
    language varchar,
    extractor varchar,
    confidence double,
    name varchar
);

comment on table raw.content_mentions is 'One row per mention of an entity in a content. Documents are cleaned up one by one: entity_key is not yet joined across languages.';
comment on column raw.content_mentions.content_id is 'content';
comment on column raw.content_mentions.segment_position is 'segment';
comment on column raw.content_mentions.entity_key is 'entity as the document alone tells it: a listed id, else kind and normal name';
comment on column raw.content_mentions.kind is 'person, organisation, place, group, event, work, product, date, money or percentage';
comment on column raw.content_mentions.surface is 'text as written';
comment on column raw.content_mentions.char_start is '0-based code-point offset in the segment''s text';
comment on column raw.content_mentions.char_end is 'end of it, excluded';
comment on column raw.content_mentions.language is 'language of the segment';
comment on column raw.content_mentions.extractor is 'what found it';
comment on column raw.content_mentions.confidence is '0 to 1';
comment on column raw.content_mentions.name is 'full name in this document';
