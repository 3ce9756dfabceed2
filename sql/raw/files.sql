-- The index: one row per path ever seen.
-- Same size and modification time mean that a file need not be read.
create table if not exists raw.files (
    source varchar not null,
    path varchar not null,
    size bigint,
    mtime_ns bigint,
    fingerprint varchar,
    is_settled boolean,
    content_id uuid,
    status varchar,
    last_run_id varchar
);

comment on table raw.files is 'The index: one row per path ever seen. Same size and modification time mean that a file need not be read.';
comment on column raw.files.source is 'source';
comment on column raw.files.path is 'path below the source''s root';
comment on column raw.files.size is 'bytes';
comment on column raw.files.mtime_ns is 'modification time in nanoseconds since 1970';
comment on column raw.files.fingerprint is 'of sources that are no folders: what changes with the bytes, such as an etag';
comment on column raw.files.is_settled is 'false where equal size and time prove nothing';
comment on column raw.files.content_id is 'hash of the bytes';
comment on column raw.files.status is 'loaded, rejected or deleted';
comment on column raw.files.last_run_id is 'run that last recorded the file';
