-- Every open interval shows as a document: no join on the way drops one.
-- severity: error
select
    versions.document_id,
    versions.path
from raw.versions
anti join main.documents on versions.document_id = documents.document_id
where versions.valid_to is null;
