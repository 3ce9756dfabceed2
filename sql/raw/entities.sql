-- One row per entity of the current documents.
-- Kept up to date by each build.
create table if not exists raw.entities (
    entity_id varchar not null,
    kind varchar,
    name varchar,
    name_en varchar,
    name_zh varchar,
    is_listed boolean,
    document_count bigint,
    mention_count bigint,
    first_published_at timestamptz,
    last_published_at timestamptz
);

comment on table raw.entities is 'One row per entity of the current documents. Kept up to date by each build.';
comment on column raw.entities.entity_id is 'entity';
comment on column raw.entities.kind is 'kind';
comment on column raw.entities.name is 'name to show';
comment on column raw.entities.name_en is 'English name';
comment on column raw.entities.name_zh is 'Chinese name';
comment on column raw.entities.is_listed is 'whether a list knows it';
comment on column raw.entities.document_count is 'current documents that mention it';
comment on column raw.entities.mention_count is 'mentions in them';
comment on column raw.entities.first_published_at is 'earliest publication of a document that mentions it';
comment on column raw.entities.last_published_at is 'latest one';
