-- One row per document and interval.
-- A deletion is an interval of no length.
-- key: document_id, valid_from, change, path, run_id
create or replace view main.document_versions as
select
    document_id,
    source,
    path,
    content_id,
    change,
    valid_from,
    valid_to,
    valid_to is null as is_current,
    first_seen_at,
    updated_at,
    run_id
from raw.versions;

comment on view main.document_versions is 'One row per document and interval. A deletion is an interval of no length.';
comment on column main.document_versions.document_id is 'document';
comment on column main.document_versions.source is 'source';
comment on column main.document_versions.path is 'path in this interval';
comment on column main.document_versions.content_id is 'content in this interval';
comment on column main.document_versions.change is 'added, edited, renamed, deleted or restored: what opened the interval';
comment on column main.document_versions.valid_from is 'start, included';
comment on column main.document_versions.valid_to is 'end, excluded; null while it lasts';
comment on column main.document_versions.is_current is 'whether this is how the document is now';
comment on column main.document_versions.first_seen_at is 'when the document was first loaded';
comment on column main.document_versions.updated_at is 'when its content last changed, as of this interval';
comment on column main.document_versions.run_id is 'run that opened the interval';
