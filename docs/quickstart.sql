-- Twenty questions to a store, with their queries. Copy one into
--     dateline sql "..."
-- or open warehouse/dateline.duckdb in any DuckDB, read-only, and paste it there.

-- 1. What is in here?
select source, documents, words, first_published_at::date as first, last_published_at::date as last from report.sources;

-- 2. What is new since the last run?
select change, path, valid_from from document_versions where run_id = (select max(run_id) from runs) order by change, path;

-- 3. How much is published, week by week?
select week, documents, words from report.publishing_by_week where week is not null order by week desc;

-- 4. Which languages are there, and how much of each?
select language, documents, words, share from report.languages;

-- 5. Which documents say things in two languages?
select path, title, languages from documents where len(languages) > 1 order by path;

-- 6. What does the Chinese half of a document say?
select path, text from segments join documents using (document_id) where segments.language like 'zh%' order by path limit 5;

-- 7. What is written about most, and is it rising?
select tag, documents, recent_documents, earlier_documents, trend from report.tags limit 10;

-- 8. Which tags go together?
select tag, other_tag, documents, lift from report.tag_pairs limit 10;

-- 9. Which documents carry a tag, however it was spelled, and who said so?
select path, tag_raw, origin from document_tags join documents using (document_id) where tag = 'world' order by path;

-- 10. What is a document about, in a few words?
select title, list(keyword order by rank) as keywords from keywords join documents using (document_id) group by title order by title;

-- 11. Where do the words stand?
from search('渡轮 ferry');

-- 12. Which documents tell one story, and who was first?
select title, document_count, first_path, first_published_at, spread_hours, paths from report.story_clusters;

-- 13. Which numbers got lost in translation?
select path, found_in, missing_in, kind, surface from report.translation_gaps;

-- 14. What do documents link to?
select domain, documents, links from report.link_domains;

-- 15. Which documents do others build on?
select path, title, citing_documents from report.most_cited;

-- 16. What does the front matter hold, and in how many documents?
select key, documents, share, types from report.front_matter_keys;

-- 17. What is in a key that has no column of its own?
select path, front_matter ->> '$.description' as description from documents where (front_matter -> '$.description') is not null order by path;

-- 18. What was odd, and where?
select path, line, code, message from problems order by path;

-- 19. What is missing that should be there?
select measure, documents, share from report.data_quality where documents > 0;

-- 20. How long do the longest documents take to read?
select path, word_count, cjk_character_count, reading_minutes from documents order by reading_minutes desc, path limit 5;
