-- What is said of each current document, for those that left the present or entered it; for all of a source that is read in
-- another way than before, and for all where there are none yet.
-- A title falls back to the first heading, then to the file's name; a date to the beginning of the day in the path.
create or replace temp table outdated_documents as
select versions.document_id
from raw.versions
where
    versions.valid_to is null
    and (
        versions.source in (select reread_sources.source from reread_sources)
        or not exists (from raw.documents)
    )
union
select entered_documents.document_id
from entered_documents
union
-- With those that left; when all are made anew, nobody counts these among the ones that did.
select opened_documents.document_id
from opened_documents;

delete from raw.documents
where document_id in (select outdated_documents.document_id from outdated_documents);

insert into raw.documents by name
select
    versions.document_id,
    versions.source,
    versions.path,
    versions.content_id,
    coalesce(
        metadata.title, contents.first_heading, regexp_replace(parse_filename(versions.path), '(.)\.[^.]*$', '\1')
    ) as title,
    case
        when metadata.title is not null then 'front_matter'
        when contents.first_heading is not null then 'heading'
        else 'file_name'
    end as title_from,
    metadata.description,
    metadata.author,
    coalesce(metadata.published_at, timezone(sources.zone, versions.path_date::timestamp)) as published_at,
    metadata.published_raw,
    case
        when metadata.published_at is not null then metadata.published_precision
        when versions.path_date is not null then 'day'
    end as published_precision,
    case
        when metadata.published_at is not null then 'front_matter'
        when versions.path_date is not null then 'path'
    end as published_from,
    contents.source_url,
    contents.source_host,
    contents.language,
    contents.languages,
    contents.word_count,
    contents.cjk_character_count,
    contents.character_count,
    contents.sentence_count,
    contents.reading_minutes,
    contents.chinese_word_count,
    contents.code_block_count,
    contents.code_line_count,
    contents.table_count,
    contents.task_count,
    contents.task_done_count,
    contents.footnote_count,
    metadata.tags,
    contents.front_matter_format,
    contents.encoding,
    contents.byte_count,
    versions.first_seen_at,
    versions.updated_at
from raw.versions
inner join raw.sources on versions.source = sources.source
inner join raw.contents on versions.content_id = contents.content_id
inner join raw.content_metadata as metadata
    on versions.content_id = metadata.content_id and sources.profile_id = metadata.profile_id
where
    versions.valid_to is null
    and versions.document_id in (select outdated_documents.document_id from outdated_documents)
order by versions.source, versions.path;

drop table outdated_documents;
