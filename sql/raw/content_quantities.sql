-- One row per quantity in a content of two language halves.
create table if not exists raw.content_quantities (
    content_id uuid not null,
    position bigint,
    segment_position bigint,
    kind varchar,
    value varchar,
    surface varchar,
    char_start bigint,
    language varchar,
    missing_in varchar
);

comment on table raw.content_quantities is 'One row per quantity in a content of two language halves.';
comment on column raw.content_quantities.content_id is 'content';
comment on column raw.content_quantities.position is '0-based place';
comment on column raw.content_quantities.segment_position is 'segment it stands in';
comment on column raw.content_quantities.kind is 'number, percent, date or ordinal';
comment on column raw.content_quantities.value is 'value in one spelling';
comment on column raw.content_quantities.surface is 'as written';
comment on column raw.content_quantities.char_start is '0-based code point in the text of the segment';
comment on column raw.content_quantities.language is 'language of the half it stands in';
comment on column raw.content_quantities.missing_in is 'language of the half that does not state it; null: both do';
