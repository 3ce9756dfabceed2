-- Entities stand for current documents only: as many of them as mention one, in the table that is kept and in the texts.
-- severity: error
with counted as (
    select
        entity_id,
        count(distinct document_id) as documents,
        count(*) as mentions
    from main.mentions
    group by entity_id
)

select
    coalesce(counted.entity_id, entities.entity_id) as entity_id,
    counted.documents,
    entities.document_count,
    counted.mentions,
    entities.mention_count
from counted
full join main.entities on counted.entity_id = entities.entity_id
where
    counted.documents is distinct from entities.document_count
    or counted.mentions is distinct from entities.mention_count;
