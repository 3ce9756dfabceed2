-- One row per person, organisation, place, group, event, work or product, the most mentioned first.
-- Names in either language are one row.
create or replace view report.entities as
select
    entities.entity_id,
    entities.name,
    entities.kind,
    entities.document_count as documents,
    entities.mention_count as mentions,
    entities.name_en,
    entities.name_zh,
    entities.first_published_at,
    entities.last_published_at
from raw.entities
where entities.kind not in ('date', 'money', 'percentage')
order by entities.document_count desc, entities.mention_count desc, entities.entity_id asc;

comment on view report.entities is 'One row per person, organisation, place, group, event, work or product, the most mentioned first. Names in either language are one row.';
comment on column report.entities.entity_id is 'entity';
comment on column report.entities.name is 'name to show';
comment on column report.entities.kind is 'kind of entity';
comment on column report.entities.documents is 'documents that mention it';
comment on column report.entities.mentions is 'mentions in them';
comment on column report.entities.name_en is 'English name';
comment on column report.entities.name_zh is 'Chinese name';
comment on column report.entities.first_published_at is 'earliest publication of a document that mentions it';
comment on column report.entities.last_published_at is 'latest one';
