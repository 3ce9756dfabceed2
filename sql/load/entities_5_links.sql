-- The links that hold take the place of those before; which entities may have changed follows from that, from the
-- documents that came and went, and from the contents that were read.
create temp table if not exists replaced_keys (entity_key varchar);
create temp table if not exists read_contents (content_id uuid, version varchar);

create or replace temp table previous_links as
from raw.entity_links;

delete from raw.entity_links;

insert into raw.entity_links by name
select *
from read_parquet(getvariable('entity_links_files'))
order by entity_key;

create or replace temp table touched_entities as
with touched_contents as (
    from left_documents select content_id
    union
    from entered_documents select content_id
    union
    from read_contents select content_id
),

touched_keys as (
    select entity_key
    from raw.content_entities
    where content_id in (select touched_contents.content_id from touched_contents) or getvariable('is_all_new')
    union
    from replaced_keys select entity_key
),

changed_links as (
    select
        coalesce(links.entity_key, previous.entity_key) as entity_key,
        unnest([links.entity_id, previous.entity_id]) as entity_id
    from raw.entity_links as links
    full join previous_links as previous on links.entity_key = previous.entity_key
    where links.entity_id is distinct from previous.entity_id
),

touched as (
    from touched_keys select entity_key as entity_id
    union
    from changed_links select entity_key as entity_id
    union
    from changed_links select entity_id
    where entity_id is not null
    union
    select links.entity_id
    from previous_links as links
    inner join touched_keys on links.entity_key = touched_keys.entity_key
    union
    select links.entity_id
    from raw.entity_links as links
    inner join touched_keys on links.entity_key = touched_keys.entity_key
    union
    -- When everything is new, what is no more goes too.
    select entities.entity_id
    from raw.entities
    where getvariable('is_all_new')
)

select
    entity_id,
    row_number() over (order by entity_id) as number
from touched;
