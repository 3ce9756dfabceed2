-- One row per name that no list knows and that was joined to an entity in the other script, with the evidence.
-- A line in entities.csv overrules.
-- key: linked_entity_id
create or replace view main.entity_links as
select
    links.entity_key as linked_entity_id,
    links.entity_id,
    entities.name,
    links.kind,
    links.score,
    links.method,
    links.document_count as documents
from raw.entity_links as links
inner join raw.entities on links.entity_id = entities.entity_id;

comment on view main.entity_links is 'One row per name that no list knows and that was joined to an entity in the other script, with the evidence. A line in entities.csv overrules.';
comment on column main.entity_links.linked_entity_id is 'entity that the name would be by itself';
comment on column main.entity_links.entity_id is 'entity that it is joined to';
comment on column main.entity_links.name is 'name of that one';
comment on column main.entity_links.kind is 'kind of both';
comment on column main.entity_links.score is 'how sure, 0 to 1';
comment on column main.entity_links.method is 'sound (transliteration) or company (the documents they share)';
comment on column main.entity_links.documents is 'contents that have both names';
