-- One row per canonical entity.
-- Empty until entities are extracted.
-- key: entity_id
create or replace view main.entities as
select
    null::varchar as entity_id,
    null::varchar as kind,
    null::varchar as name,
    null::varchar as name_en,
    null::varchar as name_zh
where false;

comment on view main.entities is 'One row per canonical entity. Empty until entities are extracted.';
comment on column main.entities.entity_id is 'entity';
comment on column main.entities.kind is 'person, organisation, place, ...';
comment on column main.entities.name is 'name to show';
comment on column main.entities.name_en is 'English name';
comment on column main.entities.name_zh is 'Chinese name';
