-- Every current document has its own id.
-- severity: error
with current_documents as (
    select
        'versions' as place,
        document_id
    from raw.versions
    where valid_to is null
    union all
    select
        'documents' as place,
        document_id
    from main.documents
)

select
    document_id,
    place,
    count(*) as documents
from current_documents
group by document_id, place
having count(*) > 1;
