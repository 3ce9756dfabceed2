-- One row per story that several documents tell: who was first, and how far and how long it spread.
-- Documents tell one story when they name one source, their texts are alike, or they share rare terms within a week.
-- key: story_id
create or replace view report.story_clusters as
with told as (
    select
        stories.story_id,
        documents.source,
        documents.path,
        documents.title,
        documents.language,
        documents.published_at,
        -- Undated documents come last: nobody can say that they were first.
        row_number() over (
            partition by stories.story_id
            order by documents.published_at asc nulls last, documents.source asc, documents.path asc
        ) as place
    from main.story_documents as stories
    inner join main.documents on stories.document_id = documents.document_id
)

select
    story_id,
    max(title) filter (where place = 1) as title,
    count(*) as document_count,
    len(list(distinct source order by source)) as source_count,
    max(source) filter (where place = 1) as first_source,
    max(path) filter (where place = 1) as first_path,
    min(published_at) as first_published_at,
    max(published_at) as last_published_at,
    round(date_diff('minute', min(published_at), max(published_at)) / 60, 1) as spread_hours,
    list(distinct language order by language) as languages,
    list(distinct source order by source) as sources,
    list(path order by place) as paths
from told
group by story_id
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
