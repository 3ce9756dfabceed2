-- One row per source and measure: how many documents lack something, or have too much of it.
create or replace view report.data_quality as
with troubled as (
    select distinct
        source,
        path
    from main.problems
    where severity in ('warning', 'error')
),

repeated as (
    select content_id
    from main.document_versions
    where is_current
    group by content_id
    having count(*) > 1
),

present as (
    select max(started_at) as run_at
    from main.runs
),

measured as (
    select
        documents.source,
        count(*) as documents,
        count(*) filter (where documents.front_matter_format = 'none') as without_front_matter,
        count(*) filter (where documents.title_from <> 'front_matter') as without_stated_title,
        count(*) filter (where documents.published_at is null) as without_date,
        count(*) filter (where documents.published_from = 'path') as dated_by_path_only,
        count(*) filter (where documents.published_at > present.run_at) as dated_after_last_run,
        count(*) filter (where documents.author is null) as without_author,
        count(*) filter (where documents.description is null) as without_description,
        count(*) filter (where len(documents.tags) = 0) as without_tags,
        count(*) filter (where documents.word_count = 0) as without_text,
        count(*) filter (where documents.language is null or documents.language = 'und') as without_language,
        count(*) filter (where documents.encoding <> 'utf-8') as not_in_utf_8,
        count(*) filter (where repeated.content_id is not null) as with_identical_copy,
        count(*) filter (where troubled.path is not null) as with_problems
    from main.documents
    left join troubled on documents.source = troubled.source and documents.path = troubled.path
    left join repeated on documents.content_id = repeated.content_id
    cross join present
    group by documents.source
),

measures as (
    unpivot measured on columns(* exclude (source, documents)) into name measure value affected
)

select
    source,
    measure,
    affected as documents,
    round(affected / documents, 4) as share
from measures
order by source asc, affected desc, measure asc;

comment on view report.data_quality is 'One row per source and measure: how many documents lack something, or have too much of it.';
comment on column report.data_quality.source is 'source';
comment on column report.data_quality.measure is 'what is lacking or odd';
comment on column report.data_quality.documents is 'documents it is true of';
comment on column report.data_quality.share is 'their share of the documents of the source';
