-- One row per entity of a list that some content names.
create table if not exists raw.known_entities (
    entity_id varchar not null,
    kind varchar,
    name varchar,
    name_en varchar,
    name_zh varchar
);

comment on table raw.known_entities is 'One row per entity of a list that some content names.';
comment on column raw.known_entities.entity_id is 'ISO code, GeoNames id, or id of entities.csv';
comment on column raw.known_entities.kind is 'kind';
comment on column raw.known_entities.name is 'name to show';
comment on column raw.known_entities.name_en is 'English name';
comment on column raw.known_entities.name_zh is 'Chinese name';
