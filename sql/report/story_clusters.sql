-- One row per story that several documents tell: who was first, and how far and how long it spread.
-- Documents tell one story when they name one source, their texts are alike, or they share rare terms within a week.
-- key: story_id
create or replace view report.story_clusters as
with tellings as (
    select
        stories.story_id,
        documents.source,
        documents.path,
        documents.language,
        documents.title,
        documents.published_at
    from main.story_documents as stories
    inner join raw.documents on stories.document_id = documents.document_id
),

told as (
    select
        story_id,
        -- Sorted by its fields, one after the other: undated documents come last, since nobody can say that they were
        -- first. One list for all columns is made in less time than a sorted one for each.
        list_sort(list({
            'is_undated': published_at is null,
            'published_at': published_at,
            'source': source,
            'path': path,
            'title': title,
            'language': language
        })) as tellings
    from tellings
    group by story_id
),

spread as (
    select
        story_id,
        tellings,
        list_min(list_transform(tellings, lambda telling: telling['published_at'])) as first_published_at,
        list_max(list_transform(tellings, lambda telling: telling['published_at'])) as last_published_at,
        list_sort(list_distinct(list_transform(tellings, lambda telling: telling['language']))) as languages,
        list_sort(list_distinct(list_transform(tellings, lambda telling: telling['source']))) as sources
    from told
)

select
    story_id,
    tellings[1]['title'] as title,
    len(tellings) as document_count,
    len(sources) as source_count,
    tellings[1]['source'] as first_source,
    tellings[1]['path'] as first_path,
    first_published_at,
    last_published_at,
    round(date_diff('minute', first_published_at, last_published_at) / 60, 1) as spread_hours,
    languages,
    sources,
    list_transform(tellings, lambda telling: telling['path']) as paths
from spread
order by document_count desc, last_published_at desc nulls last, first_source asc, first_path asc;

comment on view report.story_clusters is 'One row per story that several documents tell: who was first, and how far and how long it spread. Documents tell one story when they name one source, their texts are alike, or they share rare terms within a week.';
comment on column report.story_clusters.story_id is 'document that the story is named after: the first by source and path';
comment on column report.story_clusters.title is 'title of the document published first';
comment on column report.story_clusters.document_count is 'documents that tell it';
comment on column report.story_clusters.source_count is 'sources they come from';
comment on column report.story_clusters.first_source is 'source that had it first';
comment on column report.story_clusters.first_path is 'path of the document published first';
comment on column report.story_clusters.first_published_at is 'when it was first published';
comment on column report.story_clusters.last_published_at is 'when the last document about it was published';
comment on column report.story_clusters.spread_hours is 'hours between the two';
comment on column report.story_clusters.languages is 'main languages of the documents';
comment on column report.story_clusters.sources is 'all sources, by name';
comment on column report.story_clusters.paths is 'paths of the documents, the first published first';
