-- The texts of the hits, as written, for their snippets.
select
    document_id,
    string_agg(text, chr(10) || chr(10) order by position) as body
from store.main.segments
where document_id in (select unnest(getvariable('hits'))::uuid)
group by document_id;
