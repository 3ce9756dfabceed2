-- One row per entity, with its names by language, the most frequent first.
-- Of people, organisations, places, groups, events, works and products.
create or replace view report.entity_names as
select
    names.entity_id,
    entities.name,
    entities.kind,
    names.language,
    names.names,
    entities.document_count as documents
from raw.entity_names as names
inner join raw.entities on names.entity_id = entities.entity_id
where entities.kind not in ('date', 'money', 'percentage')
order by entities.document_count desc, names.entity_id asc, names.language asc;

comment on view report.entity_names is 'One row per entity, with its names by language, the most frequent first. Of people, organisations, places, groups, events, works and products.';
comment on column report.entity_names.entity_id is 'entity';
comment on column report.entity_names.name is 'name to show';
comment on column report.entity_names.kind is 'kind of entity';
comment on column report.entity_names.language is 'primary language of the text with these names';
comment on column report.entity_names.names is 'names in this language, the most frequent first';
comment on column report.entity_names.documents is 'documents that mention the entity, in any language';
