-- The history: one row per document and interval.
-- A deletion has an interval of no length, so the past can be queried by valid_from <= t < valid_to.
create table if not exists raw.versions (
    document_id uuid not null,
    source varchar,
    path varchar,
    path_date date,
    content_id uuid,
    change varchar,
    valid_from timestamptz,
    valid_to timestamptz,
    first_seen_at timestamptz,
    updated_at timestamptz,
    run_id varchar
);

comment on table raw.versions is 'The history: one row per document and interval. A deletion has an interval of no length, so the past can be queried by valid_from <= t < valid_to.';
comment on column raw.versions.document_id is 'document';
comment on column raw.versions.source is 'source';
comment on column raw.versions.path is 'path in this interval';
comment on column raw.versions.path_date is 'day that the path names';
comment on column raw.versions.content_id is 'content in this interval';
comment on column raw.versions.change is 'added, edited, renamed, deleted or restored';
comment on column raw.versions.valid_from is 'start, included';
comment on column raw.versions.valid_to is 'end, excluded; null while it lasts';
comment on column raw.versions.first_seen_at is 'when the document was first loaded';
comment on column raw.versions.updated_at is 'when its content last changed';
comment on column raw.versions.run_id is 'run that opened the interval';
