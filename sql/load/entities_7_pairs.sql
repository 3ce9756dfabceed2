-- Which of the most frequent entities stand together in documents: counted anew, for any document may move others
-- into the most frequent or out of them.
create or replace temp table frequent as
with most as (
    select entity_id
    from raw.entities
    where kind in ('person', 'organisation', 'place') and document_count > 1
    order by document_count desc, entity_id asc
    limit 2000
)

select
    entities.entity_id,
    row_number() over (order by entities.document_count desc, entities.entity_id asc) as place
from raw.entities
semi join most on entities.entity_id = most.entity_id;

delete from raw.entity_pairs;

insert into raw.entity_pairs by name
with frequent_keys as (
    select
        frequent.entity_id as entity_key,
        frequent.place
    from frequent
    union all
    select
        links.entity_key,
        frequent.place
    from frequent
    inner join raw.entity_links as links on frequent.entity_id = links.entity_id
),

current_documents as (
    select
        content_id,
        row_number() over () as document_number
    from raw.versions
    where valid_to is null
),

placed as (
    select distinct
        current_documents.document_number,
        frequent_keys.place
    from raw.content_entities as content
    inner join frequent_keys on content.entity_key = frequent_keys.entity_key
    inner join current_documents on content.content_id = current_documents.content_id
),

pairs as (
    select
        one.place,
        other.place as other_place,
        count(*) as document_count
    from placed as one
    inner join placed as other on one.document_number = other.document_number and one.place < other.place
    group by one.place, other.place
    having count(*) > 1
)

select
    one.entity_id,
    other.entity_id as other_entity_id,
    pairs.document_count
from pairs
inner join frequent as one on pairs.place = one.place
inner join frequent as other on pairs.other_place = other.place;
