-- A document's history has no hole: an interval ends only when the next begins or the document is deleted.
-- severity: error
with ordered as (
    select
        document_id,
        path,
        change,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by document_id
            order by valid_from, run_id, valid_to nulls last
        ) as next_from
    from raw.versions
)

select
    document_id,
    path,
    change,
    valid_from,
    valid_to,
    next_from
from ordered
where change <> 'deleted' and valid_to is distinct from next_from;
