-- One row per pair of tags that two documents or more carry together.
-- Lift above 1: together more often than chance would have it. A tag and those above it (a/b and a) are no pair.
create or replace view report.tag_pairs as
with stated as materialized (
    select
        rowid as document_number,
        content_id,
        tags
    from raw.documents
),

tagged as (
    select
        document_number,
        unnest(tags) as tag
    from stated
    union all
    select
        stated.document_number,
        rules.tag
    from raw.content_rule_tags as rules
    inner join stated on rules.content_id = stated.content_id
    where not coalesce(list_contains(stated.tags, rules.tag), false)
),

-- Numbers stand for tags, as for documents, while pairs are counted: texts would take twice as long, ids a little longer.
frequencies as (
    select
        tag,
        count(*) as documents,
        row_number() over (order by tag) as number
    from tagged
    group by tag
    having count(*) > 1
),

numbered as materialized (
    select
        tagged.document_number,
        frequencies.number::integer as number
    from tagged
    inner join frequencies on tagged.tag = frequencies.tag
),

pairs as (
    select
        one.number,
        other.number as other_number,
        count(*) as documents
    from numbered as one
    inner join numbered as other on one.document_number = other.document_number and one.number < other.number
    group by one.number, other.number
    having count(*) > 1
),

total as (
    select count(*) as documents
    from stated
)

select
    one.tag,
    other.tag as other_tag,
    pairs.documents,
    round(pairs.documents * total.documents / (one.documents * other.documents), 2) as lift
from pairs
inner join frequencies as one on pairs.number = one.number
inner join frequencies as other on pairs.other_number = other.number
cross join total
where not starts_with(other.tag, one.tag || '/')
order by pairs.documents desc, lift desc, one.tag asc, other.tag asc;

comment on view report.tag_pairs is 'One row per pair of tags that two documents or more carry together. Lift above 1: together more often than chance would have it. A tag and those above it (a/b and a) are no pair.';
comment on column report.tag_pairs.tag is 'one tag, first by name';
comment on column report.tag_pairs.other_tag is 'the other';
comment on column report.tag_pairs.documents is 'documents that carry both';
comment on column report.tag_pairs.lift is 'documents with both, divided by how many there would be if the two had nothing to do with each other';
