-- One row per pair of people, organisations or places that two documents or more mention together.
-- Of the 2,000 entities in the most documents.
create or replace view report.entity_pairs as
with corpus as (
    select count(*) as documents
    from raw.versions
    where valid_to is null
)

select
    pairs.entity_id,
    pairs.other_entity_id,
    one.name,
    other.name as other_name,
    one.kind,
    other.kind as other_kind,
    pairs.document_count as documents,
    round(pairs.document_count / least(one.document_count, other.document_count), 3) as share,
    round(
        pairs.document_count * corpus.documents / (one.document_count * other.document_count), 2
    ) as lift
from raw.entity_pairs as pairs
inner join raw.entities as one on pairs.entity_id = one.entity_id
inner join raw.entities as other on pairs.other_entity_id = other.entity_id
cross join corpus
order by pairs.document_count desc, lift desc, pairs.entity_id asc, pairs.other_entity_id asc;

comment on view report.entity_pairs is 'One row per pair of people, organisations or places that two documents or more mention together. Of the 2,000 entities in the most documents.';
comment on column report.entity_pairs.entity_id is 'the entity of the pair in more documents';
comment on column report.entity_pairs.other_entity_id is 'the other one';
comment on column report.entity_pairs.name is 'name of the first';
comment on column report.entity_pairs.other_name is 'name of the other';
comment on column report.entity_pairs.kind is 'kind of the first';
comment on column report.entity_pairs.other_kind is 'kind of the other';
comment on column report.entity_pairs.documents is 'documents that mention both';
comment on column report.entity_pairs.share is 'share of the documents of the rarer one that mention the other too';
comment on column report.entity_pairs.lift is 'how many times as many documents as if both were spread by chance';
