-- Every mention of a current document means an entity there is, of its kind; no link points at a linked name.
-- severity: error
select
    mentions.entity_id,
    mentions.kind,
    'mention' as owned
from main.mentions
anti join main.entities on mentions.entity_id = entities.entity_id and mentions.kind = entities.kind
union
select
    links.entity_id,
    links.kind,
    'link' as owned
from raw.entity_links as links
where links.entity_id in (select chained.entity_key from raw.entity_links as chained);
