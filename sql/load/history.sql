-- The intervals of the documents that ever were at the path in question, with the texts to compare.
select
    versions.document_id,
    versions.source,
    versions.path,
    versions.change,
    versions.valid_from,
    versions.valid_to,
    versions.content_id,
    versions.run_id,
    contents.front_matter::varchar as _front_matter,
    contents.body as _body
from raw.versions
inner join raw.contents on versions.content_id = contents.content_id
where
    versions.document_id in (
        select known.document_id from raw.versions as known
        where known.path = getvariable('path')
    )
order by
    versions.source, versions.first_seen_at, versions.document_id, versions.valid_from, versions.valid_to nulls last;
