-- One row per pair of documents whose texts are alike by half or more, markup and punctuation aside.
-- Of documents with one content, the first stands for all; of many from one template, one is paired with each other.
-- key: path, source, other_path, other_source
create or replace view report.near_duplicates as
with wanted as (
    select unnest([content_id, other_content_id]) as content_id
    from raw.similar_texts
    union
    select content_id
    from raw.documents
    group by content_id
    having count(*) > 1
),

placed as (
    select
        content_id,
        source,
        path,
        title,
        language,
        row_number() over (order by source, path) as place,
        row_number() over (partition by content_id order by source, path) as copy
    from raw.documents
    where content_id in (select wanted.content_id from wanted)
),

pairs as (
    select distinct
        least(one.place, other.place) as place,
        greatest(one.place, other.place) as other_place,
        alike.similarity
    from raw.similar_texts as alike
    inner join placed as one on alike.content_id = one.content_id and one.copy = 1
    inner join placed as other on alike.other_content_id = other.content_id and other.copy = 1
    union all
    select
        one.place,
        other.place as other_place,
        1 as similarity
    from placed as one
    inner join placed as other on one.content_id = other.content_id and one.copy = 1 and other.copy > 1
    where one.content_id in (select signatures.content_id from raw.content_signatures as signatures)
)

select
    one.source,
    one.path,
    one.title,
    other.source as other_source,
    other.path as other_path,
    other.title as other_title,
    round(pairs.similarity, 3) as similarity,
    one.language,
    other.language as other_language
from pairs
inner join placed as one on pairs.place = one.place
inner join placed as other on pairs.other_place = other.place
order by similarity desc, one.source asc, one.path asc, other.source asc, other.path asc;

comment on view report.near_duplicates is 'One row per pair of documents whose texts are alike by half or more, markup and punctuation aside. Of documents with one content, the first stands for all; of many from one template, one is paired with each other.';
comment on column report.near_duplicates.source is 'source of the one document';
comment on column report.near_duplicates.path is 'its path';
comment on column report.near_duplicates.title is 'its title';
comment on column report.near_duplicates.other_source is 'source of the other';
comment on column report.near_duplicates.other_path is 'its path';
comment on column report.near_duplicates.other_title is 'its title';
comment on column report.near_duplicates.similarity is 'share of their text in common, by MinHash: 1 is the same text; the standard error is 0.06 at most';
comment on column report.near_duplicates.language is 'main language of the one';
comment on column report.near_duplicates.other_language is 'main language of the other';
