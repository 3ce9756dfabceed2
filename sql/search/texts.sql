-- The texts to index, one row per document, as they are; folded_texts takes those that must be cut into words first.
create or replace table texts as
with bodies as (
    select
        document_id,
        string_agg(text, chr(10) || chr(10) order by position) as body
    from store.main.segments
    group by document_id
)

select
    documents.document_id::varchar as document_id,
    coalesce(documents.title, '') as title,
    array_to_string(documents.tags, ' ') as tags,
    coalesce(bodies.body, '') as body,
    strlen(concat_ws(' ', documents.title, array_to_string(documents.tags, ' '), bodies.body))
    <> length(concat_ws(' ', documents.title, array_to_string(documents.tags, ' '), bodies.body)) as is_foreign
from store.main.documents
left join bodies on documents.document_id = bodies.document_id
order by documents.source, documents.path;

create or replace temp table folded_texts (row_number bigint, title varchar, tags varchar, body varchar);
