-- From schema 2 to 3: source links, Chinese words, path dates, zones; the families that fill them are derived again.
-- New tables are created by sql/raw.
alter table raw.contents add column source_url varchar;
alter table raw.contents add column source_host varchar;
alter table raw.contents add column chinese_word_count bigint;
alter table raw.sources add column zone varchar default 'UTC';
alter table raw.derivations alter column version type varchar;
alter table raw.versions add column path_date date;
update raw.versions
set path_date = try_cast(
    regexp_replace(regexp_extract(path, '(?:^|/)(\d{4}[-/]\d\d[-/]\d\d)(?:[-_/.]|$)', 1), '/', '-', 'g') as date
);
