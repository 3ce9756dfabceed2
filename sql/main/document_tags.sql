-- One row per document, tag and origin.
-- key: document_id, tag, origin, tag_raw
create or replace view main.document_tags as
select
    versions.document_id,
    rows.tag,
    rows.tag_raw,
    rows.origin
from raw.versions
inner join raw.sources on versions.source = sources.source
inner join raw.content_tags as rows
    on versions.content_id = rows.content_id and sources.profile_id = rows.profile_id
where versions.valid_to is null
union all by name
select
    versions.document_id,
    rows.tag,
    rows.tag_raw,
    'rule' as origin
from raw.versions
inner join raw.content_rule_tags as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.document_tags is 'One row per document, tag and origin.';
comment on column main.document_tags.document_id is 'document';
comment on column main.document_tags.tag is 'normalised tag';
comment on column main.document_tags.tag_raw is 'tag as written';
comment on column main.document_tags.origin is 'front_matter, inline or rule';
