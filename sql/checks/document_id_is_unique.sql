-- Every current document has its own id.
-- severity: error
select
    document_id,
    count(*) as documents
from main.documents
group by document_id
having count(*) > 1;
