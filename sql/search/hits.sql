-- The best documents for a query, each with its score: words of the title count four times, of the tags three times.
with matched as (
    select
        document_id::uuid as document_id,
        coalesce(fts_main_texts.match_bm25(document_id, getvariable('query'), fields := 'title'), 0) * 4
        + coalesce(fts_main_texts.match_bm25(document_id, getvariable('query'), fields := 'tags'), 0) * 3
        + coalesce(fts_main_texts.match_bm25(document_id, getvariable('query'), fields := 'body'), 0) as score
    from texts
)

select
    documents.document_id,
    documents.source,
    documents.path,
    documents.title,
    documents.published_at,
    documents.language,
    round(matched.score, 4) as score
from matched
inner join store.main.documents on matched.document_id = documents.document_id
where
    matched.score > 0
    and (getvariable('since') is null or documents.published_at >= getvariable('since')::timestamptz)
    and (getvariable('source') is null or documents.source = getvariable('source'))
    and (
        getvariable('language') is null
        or documents.document_id in (
            select segments.document_id
            from store.main.segments
            where
                segments.language = getvariable('language')
                or starts_with(segments.language, getvariable('language') || '-')
        )
    )
    and (
        getvariable('tag') is null
        or documents.document_id in (
            select document_tags.document_id
            from store.main.document_tags
            where document_tags.tag = getvariable('tag')
        )
    )
order by matched.score desc, documents.source asc, documents.path asc
limit getvariable('hit_limit');
