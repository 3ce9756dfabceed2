-- One row per source and front matter key.
-- Keys inside lists of mappings read `authors[].name`; the share is of all documents of the source.
create or replace view report.front_matter_keys as
with fields as not materialized (
    -- Not from main.front_matter_fields, which would meet the versions twice.
    select
        versions.source,
        versions.document_id,
        versions.path,
        versions.first_seen_at,
        versions.updated_at,
        rows.key,
        rows.position,
        rows.type
    from raw.versions
    inner join raw.content_fields as rows on versions.content_id = rows.content_id
    where versions.valid_to is null
),

by_type as (
    select
        source,
        key,
        type,
        -- A key has one row without position per document, and only keys inside lists of mappings have none.
        count(*) filter (where position is null) as holders,
        min(first_seen_at) as first_seen_at,
        max(updated_at) as last_seen_at,
        min(path) as example_path
    from fields
    group by source, key, type
),

inside_lists as (
    select
        source,
        key,
        count(distinct document_id) as holders
    from fields
    where key like '%[]%'
    group by source, key
),

source_sizes as (
    select
        source,
        count(*) as all_documents
    from main.document_versions
    where is_current
    group by source
)

select
    by_type.source,
    by_type.key,
    coalesce(any_value(inside_lists.holders), sum(by_type.holders)::bigint) as documents,
    round(documents / any_value(source_sizes.all_documents), 4) as share,
    list(by_type.type order by by_type.type) as types,
    min(by_type.first_seen_at) as first_seen_at,
    max(by_type.last_seen_at) as last_seen_at,
    min(by_type.example_path) as example_path
from by_type
left join inside_lists on by_type.source = inside_lists.source and by_type.key = inside_lists.key
inner join source_sizes on by_type.source = source_sizes.source
group by by_type.source, by_type.key
order by by_type.source asc, documents desc, by_type.key asc;

comment on view report.front_matter_keys is 'One row per source and front matter key. Keys inside lists of mappings read `authors[].name`; the share is of all documents of the source.';
comment on column report.front_matter_keys.source is 'source';
comment on column report.front_matter_keys.key is 'key path';
comment on column report.front_matter_keys.documents is 'documents that have the key';
comment on column report.front_matter_keys.share is 'share of the documents of the source, 0 to 1';
comment on column report.front_matter_keys.types is 'types its values have, in the order of the alphabet';
comment on column report.front_matter_keys.first_seen_at is 'when a document with the key was first loaded';
comment on column report.front_matter_keys.last_seen_at is 'when a document with the key last changed';
comment on column report.front_matter_keys.example_path is 'first path with the key';
