-- One row per pair of people, organisations or places that two documents or more mention together.
-- Of the 2,000 entities with the most documents; made anew by each build.
create table if not exists raw.entity_pairs (
    entity_id varchar not null,
    other_entity_id varchar not null,
    document_count bigint
);

comment on table raw.entity_pairs is 'One row per pair of people, organisations or places that two documents or more mention together. Of the 2,000 entities with the most documents; made anew by each build.';
comment on column raw.entity_pairs.entity_id is 'the entity of the pair with more documents';
comment on column raw.entity_pairs.other_entity_id is 'the other one';
comment on column raw.entity_pairs.document_count is 'current documents that mention both';
