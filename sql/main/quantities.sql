-- One row per number, percentage, date or ordinal in a document that says things in two languages.
-- key: document_id, position
create or replace view main.quantities as
select
    versions.document_id,
    rows.position,
    rows.segment_position,
    rows.language,
    rows.kind,
    rows.value,
    rows.surface,
    rows.char_start,
    rows.missing_in
from raw.versions
inner join raw.content_quantities as rows on versions.content_id = rows.content_id
where versions.valid_to is null;

comment on view main.quantities is 'One row per number, percentage, date or ordinal in a document that says things in two languages.';
comment on column main.quantities.document_id is 'document';
comment on column main.quantities.position is '0-based place in the document';
comment on column main.quantities.segment_position is 'segment it stands in';
comment on column main.quantities.language is 'language of the half it stands in';
comment on column main.quantities.kind is 'number, percent, date or ordinal';
comment on column main.quantities.value is 'value in one spelling: 1.2亿 is 120000000, 三分之一 is 0.333333, 6月17日 is --06-17';
comment on column main.quantities.surface is 'as written';
comment on column main.quantities.char_start is '0-based code point in the text of the segment';
comment on column main.quantities.missing_in is 'language of the half that does not state it; null: both do';
