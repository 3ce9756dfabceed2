-- One row per key path and value of a document's front matter.
create or replace view main.front_matter_fields as
select
    versions.document_id,
    rows.key,
    rows.position,
    rows.type,
    rows.value
from raw.versions
inner join raw.content_fields as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.front_matter_fields is 'One row per key path and value of a document''s front matter.';
comment on column main.front_matter_fields.document_id is 'document';
comment on column main.front_matter_fields.key is 'key path';
comment on column main.front_matter_fields.position is '0-based place in the list the value stands in; null for the value of the key itself';
comment on column main.front_matter_fields.type is 'text, integer, number, boolean, date, datetime, list, mapping or null';
comment on column main.front_matter_fields.value is 'value as text, dates as written; null for lists, mappings and null';
