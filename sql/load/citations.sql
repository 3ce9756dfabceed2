-- Who links to whom, kept as a table: where links lead is too much to work out for each question about a large store.
delete from raw.citations;

insert into raw.citations by name
select
    document_id,
    target_document_id,
    count(*) as links
from main.links
where target_document_id is not null and target_document_id <> document_id
group by document_id, target_document_id;
