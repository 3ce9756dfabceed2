-- A path that is gone has no current document.
-- severity: error
select
    files.source,
    files.path,
    versions.document_id
from raw.files
inner join raw.versions
    on files.source = versions.source and files.path = versions.path and versions.valid_to is null
where files.status = 'deleted';
