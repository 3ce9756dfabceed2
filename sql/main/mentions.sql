-- One row per entity mention.
-- Names are read in full where the document gives them in full: Rutte is Mark Rutte.
-- key: document_id, segment_position, char_start
create or replace view main.mentions as
select
    versions.document_id,
    rows.segment_position,
    coalesce(links.entity_id, rows.entity_key) as entity_id,
    rows.kind,
    rows.surface,
    rows.char_start,
    rows.char_end,
    rows.language,
    rows.extractor,
    rows.confidence,
    rows.name
from raw.versions
inner join raw.content_mentions as rows on versions.content_id = rows.content_id
left join raw.entity_links as links on rows.entity_key = links.entity_key
where versions.valid_to is null;

comment on view main.mentions is 'One row per entity mention. Names are read in full where the document gives them in full: Rutte is Mark Rutte.';
comment on column main.mentions.document_id is 'document';
comment on column main.mentions.segment_position is 'segment';
comment on column main.mentions.entity_id is 'entity meant';
comment on column main.mentions.kind is 'person, organisation, place, group, event, work, product, date, money or percentage';
comment on column main.mentions.surface is 'text as written';
comment on column main.mentions.char_start is '0-based code-point offset in the segment''s text';
comment on column main.mentions.char_end is 'end of it, excluded';
comment on column main.mentions.language is 'language of the segment';
comment on column main.mentions.extractor is 'what found it: a model, gazetteer for known names, repeat for names found elsewhere in the document';
comment on column main.mentions.confidence is '0 to 1';
comment on column main.mentions.name is 'full name in this document';
