-- The rows of the contents in the shards take the place of those they had, whose entities are noted.
create or replace temp table read_contents as
select
    content_id::uuid as content_id,
    version
from read_parquet(getvariable('entity_states_files'));

create or replace temp table replaced_keys as
select distinct entity_key
from raw.content_entities
where content_id in (select read_contents.content_id from read_contents);

delete from raw.entity_states
where content_id in (select read_contents.content_id from read_contents);

delete from raw.content_mentions
where content_id in (select read_contents.content_id from read_contents);

delete from raw.content_entities
where content_id in (select read_contents.content_id from read_contents);

delete from raw.content_name_pairs
where content_id in (select read_contents.content_id from read_contents);

delete from raw.known_entities
where entity_id in (select shard.entity_id from read_parquet(getvariable('known_entities_files')) as shard);

insert into raw.entity_states by name
select
    *,
    getvariable('run_id') as run_id
from read_contents;

insert into raw.content_mentions by name
select * replace (content_id::uuid as content_id)
from read_parquet(getvariable('content_mentions_files'));

insert into raw.content_entities by name
select * replace (content_id::uuid as content_id)
from read_parquet(getvariable('content_entities_files'));

insert into raw.content_name_pairs by name
select * replace (content_id::uuid as content_id)
from read_parquet(getvariable('content_name_pairs_files'));

insert into raw.known_entities by name
select distinct *
from read_parquet(getvariable('known_entities_files'))
order by entity_id;
