-- One row per entity and week of publication, for entities of two documents or more.
-- Kept up to date by each build.
create table if not exists raw.entity_weeks (
    entity_id varchar not null,
    week date,
    document_count bigint,
    mention_count bigint,
    past_document_count bigint
);

comment on table raw.entity_weeks is 'One row per entity and week of publication, for entities of two documents or more. Kept up to date by each build.';
comment on column raw.entity_weeks.entity_id is 'entity';
comment on column raw.entity_weeks.week is 'Monday of the week, UTC';
comment on column raw.entity_weeks.document_count is 'documents of the week that mention it';
comment on column raw.entity_weeks.mention_count is 'mentions in them';
comment on column raw.entity_weeks.past_document_count is 'documents of the eight weeks before that mention it';
