-- One row per pair of tags that two documents or more carry together.
-- Lift above 1: together more often than chance would have it. A tag and those above it (a/b and a) are no pair.
create or replace view report.tag_pairs as
with tagged as (
    select distinct
        document_id,
        tag
    from main.document_tags
),

frequencies as (
    select
        tag,
        count(*) as documents
    from tagged
    group by tag
    having count(*) > 1
),

total as (
    select count(*) as documents
    from main.documents
),

pairs as (
    select
        one.tag,
        other.tag as other_tag,
        count(*) as documents
    from tagged as one
    inner join tagged as other on one.document_id = other.document_id and one.tag < other.tag
    where
        one.tag in (select frequencies.tag from frequencies)
        and other.tag in (select frequencies.tag from frequencies)
        and not starts_with(other.tag, one.tag || '/')
    group by one.tag, other.tag
    having count(*) > 1
)

select
    pairs.tag,
    pairs.other_tag,
    pairs.documents,
    round(pairs.documents * total.documents / (one.documents * other.documents), 2) as lift
from pairs
inner join frequencies as one on pairs.tag = one.tag
inner join frequencies as other on pairs.other_tag = other.tag
cross join total
order by pairs.documents desc, lift desc, pairs.tag asc, pairs.other_tag asc;

comment on view report.tag_pairs is 'One row per pair of tags that two documents or more carry together. Lift above 1: together more often than chance would have it. A tag and those above it (a/b and a) are no pair.';
comment on column report.tag_pairs.tag is 'one tag, first by name';
comment on column report.tag_pairs.other_tag is 'the other';
comment on column report.tag_pairs.documents is 'documents that carry both';
comment on column report.tag_pairs.lift is 'documents with both, divided by how many there would be if the two had nothing to do with each other';
