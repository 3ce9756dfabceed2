-- One row per key path and value of a content's front matter.
-- Lists give a row per item.
create table if not exists raw.content_fields (
    content_id uuid not null,
    key varchar,
    position bigint,
    type varchar,
    value varchar
);

comment on table raw.content_fields is 'One row per key path and value of a content''s front matter. Lists give a row per item.';
comment on column raw.content_fields.content_id is 'content';
comment on column raw.content_fields.key is 'key path';
comment on column raw.content_fields.position is '0-based place in the list the value stands in; null for the value of the key itself';
comment on column raw.content_fields.type is 'text, integer, number, boolean, date, datetime, list, mapping or null';
comment on column raw.content_fields.value is 'value as text, dates as written; null for lists, mappings and null';
