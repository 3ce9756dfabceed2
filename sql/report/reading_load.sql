-- One row per source and main language: how long its documents are.
-- Documents without text are left out.
create or replace view report.reading_load as
select
    source,
    language,
    count(*) as documents,
    sum(word_count)::bigint as words,
    min(word_count) as shortest,
    quantile_disc(word_count, 0.5) as median_words,
    quantile_disc(word_count, 0.9) as long_words,
    max(word_count) as longest,
    arg_max(path, (word_count, path)) as longest_path,
    round(avg(word_count / greatest(sentence_count, 1)), 1) as words_per_sentence,
    round(quantile_disc(reading_minutes, 0.5), 1) as median_minutes,
    -- Of decimals, and minutes have two places, the sum is the same in any order.
    round(sum(reading_minutes::decimal(18, 2)) / 60, 1)::double as reading_hours
from raw.documents
where language is not null
group by source, language
order by source asc, documents desc, language asc;

comment on view report.reading_load is 'One row per source and main language: how long its documents are. Documents without text are left out.';
comment on column report.reading_load.source is 'source';
comment on column report.reading_load.language is 'main language of the documents';
comment on column report.reading_load.documents is 'documents';
comment on column report.reading_load.words is 'their words';
comment on column report.reading_load.shortest is 'words of the shortest';
comment on column report.reading_load.median_words is 'words of the one in the middle';
comment on column report.reading_load.long_words is 'words that nine in ten do not exceed';
comment on column report.reading_load.longest is 'words of the longest';
comment on column report.reading_load.longest_path is 'path of the longest';
comment on column report.reading_load.words_per_sentence is 'words per sentence, on average over the documents';
comment on column report.reading_load.median_minutes is 'minutes to read the one in the middle';
comment on column report.reading_load.reading_hours is 'hours to read them all';
