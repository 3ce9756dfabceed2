-- The links that hold take the place of those before.
delete from raw.entity_links;

insert into raw.entity_links by name
select *
from read_parquet(getvariable('entity_links_files'))
order by entity_key;
