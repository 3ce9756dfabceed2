-- One row per entity, language and name in the current documents.
-- Made anew by each build.
create table if not exists raw.entity_names (
    entity_id varchar not null,
    language varchar,
    name varchar,
    document_count bigint,
    mention_count bigint
);

comment on table raw.entity_names is 'One row per entity, language and name in the current documents. Made anew by each build.';
comment on column raw.entity_names.entity_id is 'entity';
comment on column raw.entity_names.language is 'primary language of the segments';
comment on column raw.entity_names.name is 'name, in full where a document gives it in full';
comment on column raw.entity_names.document_count is 'current documents with it';
comment on column raw.entity_names.mention_count is 'mentions in them';
