-- One row per content, entity, language and name: its mentions added up.
create table if not exists raw.content_entities (
    content_id uuid not null,
    entity_key varchar,
    kind varchar,
    language varchar,
    name varchar,
    mention_count bigint
);

comment on table raw.content_entities is 'One row per content, entity, language and name: its mentions added up.';
comment on column raw.content_entities.content_id is 'content';
comment on column raw.content_entities.entity_key is 'entity, as in content_mentions';
comment on column raw.content_entities.kind is 'kind of the entity';
comment on column raw.content_entities.language is 'primary language of the segments';
comment on column raw.content_entities.name is 'full name in this document';
comment on column raw.content_entities.mention_count is 'mentions';
