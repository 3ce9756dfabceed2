-- One row per entity mention.
-- Empty until entities are extracted.
-- key: document_id, segment_position, char_start, char_end, extractor
create or replace view main.mentions as
select
    null::uuid as document_id,
    null::bigint as segment_position,
    null::varchar as entity_id,
    null::varchar as kind,
    null::varchar as surface,
    null::bigint as char_start,
    null::bigint as char_end,
    null::varchar as language,
    null::varchar as extractor,
    null::double as confidence
where false;

comment on view main.mentions is 'One row per entity mention. Empty until entities are extracted.';
comment on column main.mentions.document_id is 'document';
comment on column main.mentions.segment_position is 'segment';
comment on column main.mentions.entity_id is 'entity meant';
comment on column main.mentions.kind is 'person, organisation, place, ...';
comment on column main.mentions.surface is 'text as written';
comment on column main.mentions.char_start is '0-based code-point offset in the segment''s text';
comment on column main.mentions.char_end is 'end of it, excluded';
comment on column main.mentions.language is 'language of the segment';
comment on column main.mentions.extractor is 'what found it';
comment on column main.mentions.confidence is '0 to 1';
