-- One row per name that was joined to another entity, with the evidence.
-- Made anew by each build, from the current documents.
create table if not exists raw.entity_links (
    entity_key varchar not null,
    entity_id varchar not null,
    kind varchar,
    score double,
    method varchar,
    document_count bigint
);

comment on table raw.entity_links is 'One row per name that was joined to another entity, with the evidence. Made anew by each build, from the current documents.';
comment on column raw.entity_links.entity_key is 'entity that was joined, as in content_mentions';
comment on column raw.entity_links.entity_id is 'entity it is joined to';
comment on column raw.entity_links.kind is 'kind of both';
comment on column raw.entity_links.score is 'how sure, 0 to 1';
comment on column raw.entity_links.method is 'sound (transliteration) or company (the documents they share)';
comment on column raw.entity_links.document_count is 'contents that have both names';
