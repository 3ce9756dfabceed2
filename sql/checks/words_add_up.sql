-- The words of a document are those of its segments.
-- severity: error
with segment_words as (
    select
        content_id,
        sum(word_count) as words
    from raw.content_segments
    group by content_id
)

select
    contents.content_id,
    contents.word_count,
    segment_words.words
from raw.contents
left join segment_words on contents.content_id = segment_words.content_id
where contents.word_count <> coalesce(segment_words.words, 0);
