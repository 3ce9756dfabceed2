-- Pairs of a Chinese and a Latin name over the current documents that may be one, with what speaks for it.
-- Those that neither sound alike nor keep company can never be joined, and are left out.
with pairs as (
    select
        content_id,
        chinese_key,
        latin_key,
        kind,
        likeness
    from raw.content_name_pairs
    where content_id in (
        select versions.content_id from raw.versions
        where versions.valid_to is null
    )
),

chinese as (
    select
        chinese_key,
        count(distinct content_id) as documents
    from pairs
    group by chinese_key
),

latin as (
    select
        latin_key,
        count(distinct content_id) as documents
    from pairs
    group by latin_key
),

together as (
    select
        chinese_key,
        latin_key,
        kind,
        max(likeness) as likeness,
        count(*) as documents
    from pairs
    group by chinese_key, latin_key, kind
    having max(likeness) >= 0.45 or count(*) >= 4
)

select
    together.chinese_key,
    together.latin_key,
    together.kind,
    together.likeness,
    together.documents,
    chinese.documents as chinese_documents,
    latin.documents as latin_documents,
    together.chinese_key in (select known_entities.entity_id from raw.known_entities) as is_chinese_listed,
    together.latin_key in (select known_entities.entity_id from raw.known_entities) as is_latin_listed
from together
inner join chinese on together.chinese_key = chinese.chinese_key
inner join latin on together.latin_key = latin.latin_key
order by together.chinese_key, together.latin_key, together.kind;
