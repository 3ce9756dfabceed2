-- What builds keep up to date agrees with the documents there are: facts, targets, citations, stories, terms.
-- severity: error
with current_documents as (
    select
        document_id,
        content_id
    from raw.versions
    where valid_to is null
),

stated_documents as (
    select
        versions.document_id,
        versions.source,
        versions.path,
        versions.content_id,
        metadata.title,
        coalesce(metadata.published_at, timezone(sources.zone, versions.path_date::timestamp)) as published_at,
        metadata.tags,
        contents.language,
        contents.word_count
    from raw.versions
    inner join raw.sources on versions.source = sources.source
    inner join raw.contents on versions.content_id = contents.content_id
    inner join raw.content_metadata as metadata
        on versions.content_id = metadata.content_id and sources.profile_id = metadata.profile_id
    where versions.valid_to is null
),

current_terms as (
    select unnest(terms.terms) as term
    from current_documents
    inner join raw.content_terms as terms on current_documents.content_id = terms.content_id
),

counted as (
    select
        term,
        count(*) as document_count
    from current_terms
    group by term
)

select
    'term' as kept,
    coalesce(counted.term, stored.term) as value
from counted
full join raw.term_documents as stored on counted.term = stored.term
where counted.document_count is distinct from stored.document_count
union all
select
    'document' as kept,
    coalesce(documents.document_id, stated.document_id)::varchar as value
from main.documents
full join stated_documents as stated on documents.document_id = stated.document_id
where
    (documents.source, documents.path, documents.content_id)
    is distinct from (stated.source, stated.path, stated.content_id)
    or (documents.published_at, documents.tags, documents.language, documents.word_count)
    is distinct from (stated.published_at, stated.tags, stated.language, stated.word_count)
    or documents.title <> stated.title
union all
select
    'link target' as kept,
    target_document_id::varchar as value
from raw.link_targets
where
    target_document_id is not null
    and target_document_id not in (select current_documents.document_id from current_documents)
union all
select
    'citation' as kept,
    document_id::varchar as value
from raw.citations
where
    document_id not in (select current_documents.document_id from current_documents)
    or target_document_id not in (select current_documents.document_id from current_documents)
union all
select
    'story' as kept,
    document_id::varchar as value
from raw.story_documents
where
    document_id not in (select current_documents.document_id from current_documents)
    or story_id not in (select current_documents.document_id from current_documents);
