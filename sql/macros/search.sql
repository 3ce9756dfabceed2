-- Documents that have the words of a query, best first, for ad hoc SQL: from search('北约 summit') limit 10.
-- Words are separated by spaces and found anywhere in the text, Chinese ones without segmentation; title and tags weigh
-- more. `dateline search` knows more: words cut and stemmed, an index, snippets.
create or replace macro main.search(query) as table
with words as (
    select distinct unnest(regexp_split_to_array(lower(trim(query)), '[\s,，。、；;]+')) as word
),

texts as (
    select
        segments.document_id,
        words.word,
        sum((length(segments.text) - length(replace(lower(segments.text), words.word, ''))) // length(words.word))
            as occurrences
    from main.segments
    inner join words on words.word <> '' and contains(lower(segments.text), words.word)
    group by segments.document_id, words.word
),

scored as (
    select
        documents.document_id,
        sum(
            coalesce(1 + ln(texts.occurrences), 0)
            + case when contains(lower(documents.title), words.word) then 4 else 0 end
            + case when contains(lower(array_to_string(documents.tags, ' ')), words.word) then 3 else 0 end
        ) as score
    from main.documents
    inner join words on words.word <> ''
    left join texts on documents.document_id = texts.document_id and words.word = texts.word
    group by documents.document_id
)

select
    documents.document_id,
    documents.source,
    documents.path,
    documents.title,
    documents.published_at,
    round(scored.score, 3) as score
from scored
inner join main.documents on scored.document_id = documents.document_id
where scored.score > 0
order by scored.score desc, documents.source asc, documents.path asc;

comment on macro table main.search is 'Documents that have the words of a query, best first: from search(''北约 summit'') limit 10.';
