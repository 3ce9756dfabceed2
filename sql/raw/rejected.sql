-- One row per content that is not text.
-- The bytes are kept, so nothing is lost.
create table if not exists raw.rejected (
    content_id uuid not null,
    bytes blob
);

comment on table raw.rejected is 'One row per content that is not text. The bytes are kept, so nothing is lost.';
comment on column raw.rejected.content_id is 'hash of the bytes';
comment on column raw.rejected.bytes is 'the file''s bytes';
