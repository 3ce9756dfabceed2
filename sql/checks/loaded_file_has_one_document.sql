-- Every loaded path has exactly one current document, with the content of the index: no path is lost.
-- severity: error
select
    files.source,
    files.path,
    count(versions.document_id) as documents
from raw.files
left join raw.versions
    on
        files.source = versions.source
        and files.path = versions.path
        and files.content_id = versions.content_id
        and versions.valid_to is null
where files.status = 'loaded'
group by files.source, files.path
having count(versions.document_id) <> 1;
