-- One row per language of the texts.
-- A document in two languages counts in both rows; its words are those of its segments.
create or replace view report.languages as
with spoken as (
    select
        language,
        count(distinct document_id) as documents,
        count(*) as segments,
        sum(word_count)::bigint as words,
        sum(cjk_character_count)::bigint as cjk_characters
    from main.segments
    group by language
),

led as (
    select
        language,
        count(*) as main_documents,
        -- Of decimals, and minutes have two places, the sum is the same in any order.
        round(sum(reading_minutes::decimal(18, 2)), 1)::double as reading_minutes
    from raw.documents
    where language is not null
    group by language
),

mixtures as (
    select unnest(languages).language as language
    from raw.documents
    where len(languages) > 1
),

mixed as (
    select
        language,
        count(*) as mixed_documents
    from mixtures
    group by language
)

select
    spoken.language,
    spoken.documents,
    round(spoken.documents / (select count(*) from raw.documents), 4) as document_share,
    coalesce(led.main_documents, 0) as main_documents,
    coalesce(mixed.mixed_documents, 0) as mixed_documents,
    spoken.segments,
    spoken.words,
    -- Not `over ()`: at an aggregate of that kind DuckDB 1.5 fails now and then, and the whole database with it (its issue
    -- 22352).
    round(spoken.words / (select sum(all_spoken.words) from spoken as all_spoken), 4) as share,
    spoken.cjk_characters,
    coalesce(led.reading_minutes, 0) as reading_minutes
from spoken
left join led on spoken.language = led.language
left join mixed on spoken.language = mixed.language
order by spoken.words desc, spoken.language asc;

comment on view report.languages is 'One row per language of the texts. A document in two languages counts in both rows; its words are those of its segments.';
comment on column report.languages.language is 'language, BCP 47; und where it cannot be told';
comment on column report.languages.documents is 'documents with text in it';
comment on column report.languages.document_share is 'their share of all documents; a document in two languages counts in both';
comment on column report.languages.main_documents is 'documents of which it is the main language';
comment on column report.languages.mixed_documents is 'documents with text in it and in another language as well';
comment on column report.languages.segments is 'runs of text in it';
comment on column report.languages.words is 'words in it';
comment on column report.languages.share is 'its share of all words';
comment on column report.languages.cjk_characters is 'CJK characters in it';
comment on column report.languages.reading_minutes is 'minutes to read the documents of which it is the main language';
