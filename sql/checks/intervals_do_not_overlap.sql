-- The intervals of a document follow each other, and each ends no earlier than it begins.
-- severity: error
with ordered as (
    select
        document_id,
        path,
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
    valid_from,
    valid_to,
    next_from
from ordered
where valid_to < valid_from or coalesce(valid_to, 'infinity'::timestamptz) > next_from;
