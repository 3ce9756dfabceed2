-- Who links to whom, and what leads nowhere, kept as tables: where all links of a large store lead is too much to work
-- out for each question.
delete from raw.citations;

insert into raw.citations by name
select
    document_id,
    target_document_id,
    count(*) as links
from main.links
where target_document_id is not null and target_document_id <> document_id
group by document_id, target_document_id;

delete from raw.unresolved_links;

insert into raw.unresolved_links by name
select
    document_id,
    position,
    kind,
    url,
    text
from main.links
where kind in ('internal', 'wiki') and target_document_id is null;
