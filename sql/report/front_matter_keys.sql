-- One row per source and front matter key.
-- Keys inside lists of mappings read `authors[].name`; the share is of all documents of the source.
create or replace view report.front_matter_keys as
with fields as (
    select
        versions.source,
        versions.document_id,
        versions.path,
        versions.first_seen_at,
        versions.updated_at,
        front_matter_fields.key,
        front_matter_fields.type
    from main.front_matter_fields
    inner join main.document_versions as versions
        on front_matter_fields.document_id = versions.document_id and versions.is_current
),

source_sizes as (
    select
        source,
        count(*) as documents
    from main.document_versions
    where is_current
    group by source
)

select
    fields.source,
    fields.key,
    count(distinct fields.document_id) as documents,
    round(count(distinct fields.document_id) / any_value(source_sizes.documents), 4) as share,
    list(distinct fields.type order by fields.type) as types,
    min(fields.first_seen_at) as first_seen_at,
    max(fields.updated_at) as last_seen_at,
    min(fields.path) as example_path
from fields
inner join source_sizes on fields.source = source_sizes.source
group by fields.source, fields.key
order by fields.source asc, documents desc, fields.key asc;

comment on view report.front_matter_keys is 'One row per source and front matter key. Keys inside lists of mappings read `authors[].name`; the share is of all documents of the source.';
comment on column report.front_matter_keys.source is 'source';
comment on column report.front_matter_keys.key is 'key path';
comment on column report.front_matter_keys.documents is 'documents that have the key';
comment on column report.front_matter_keys.share is 'share of the documents of the source, 0 to 1';
comment on column report.front_matter_keys.types is 'types its values have, in the order of the alphabet';
comment on column report.front_matter_keys.first_seen_at is 'when a document with the key was first loaded';
comment on column report.front_matter_keys.last_seen_at is 'when a document with the key last changed';
comment on column report.front_matter_keys.example_path is 'first path with the key';
