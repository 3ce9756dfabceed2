-- One row per path ever seen.
-- key: source, path
create or replace view main.files as
select
    source,
    path,
    status,
    content_id,
    size as byte_count,
    last_run_id
from raw.files;

comment on view main.files is 'One row per path ever seen.';
comment on column main.files.source is 'source';
comment on column main.files.path is 'path below the root of the source';
comment on column main.files.status is 'loaded, rejected or deleted';
comment on column main.files.content_id is 'hash of its bytes';
comment on column main.files.byte_count is 'size in bytes';
comment on column main.files.last_run_id is 'run that last recorded a change of the file';
