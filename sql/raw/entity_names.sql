-- One row per entity and language: its names in the current documents.
-- Kept up to date by each build.
create table if not exists raw.entity_names (
    entity_id varchar not null,
    language varchar,
    names varchar[]
);

comment on table raw.entity_names is 'One row per entity and language: its names in the current documents. Kept up to date by each build.';
comment on column raw.entity_names.entity_id is 'entity';
comment on column raw.entity_names.language is 'primary language of the segments';
comment on column raw.entity_names.names is 'names, in full where a document gives them in full, the most frequent first';
