-- One row per canonical entity of the current documents.
-- Names in Chinese and English are one entity; one that no list knows is called as most documents write it.
-- key: entity_id
create or replace view main.entities as
select
    entity_id,
    kind,
    name,
    name_en,
    name_zh,
    is_listed,
    document_count,
    mention_count
from raw.entities;

comment on view main.entities is 'One row per canonical entity of the current documents. Names in Chinese and English are one entity; one that no list knows is called as most documents write it.';
comment on column main.entities.entity_id is 'entity: ISO code, GeoNames id or id of entities.csv, else kind and normal name';
comment on column main.entities.kind is 'person, organisation, place, group, event, work, product, date, money or percentage';
comment on column main.entities.name is 'name to show';
comment on column main.entities.name_en is 'English name';
comment on column main.entities.name_zh is 'Chinese name';
comment on column main.entities.is_listed is 'whether a list knows it: countries, cities, entities.csv';
comment on column main.entities.document_count is 'documents that mention it';
comment on column main.entities.mention_count is 'mentions in them';
