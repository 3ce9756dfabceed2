-- Who links to whom, and what leads nowhere, kept as tables: where all links of a large store lead is too much to work
-- out for each question.
create or replace temp table led_links as
select
    document_id,
    position,
    kind,
    target_document_id,
    case when target_document_id is null then url end as url,
    case when target_document_id is null then text end as text
from main.links
where kind in ('internal', 'wiki') and target_document_id is distinct from document_id;

delete from raw.citations;

insert into raw.citations by name
select
    document_id,
    target_document_id,
    count(*) as links
from led_links
where target_document_id is not null
group by document_id, target_document_id;

delete from raw.unresolved_links;

insert into raw.unresolved_links by name
select
    document_id,
    position,
    kind,
    url,
    text
from led_links
where target_document_id is null;

drop table led_links;
