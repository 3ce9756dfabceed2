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
    from raw.documents
    group by content_id
    having count(*) > 1
),

-- Yes and no instead of the texts themselves: a million of those are slow to join.
stated as (
    select
        source,
        path,
        content_id,
        title_from <> 'front_matter' as lacks_title,
        published_at is null as lacks_date,
        published_from = 'path' as is_dated_by_path,
        published_at > (select max(runs.started_at) from main.runs) as is_dated_later,
        author is null as lacks_author,
        description is null as lacks_description,
        len(tags) = 0 as lacks_tags,
        front_matter_format = 'none' as lacks_front_matter,
        word_count = 0 as lacks_text,
        coalesce(language, 'und') = 'und' as lacks_language,
        encoding <> 'utf-8' as is_not_in_utf_8
    from raw.documents
),

measured as (
    select
        stated.source,
        count(*) as documents,
        count(*) filter (where stated.lacks_front_matter) as without_front_matter,
        count(*) filter (where stated.lacks_title) as without_stated_title,
        count(*) filter (where stated.lacks_date) as without_date,
        count(*) filter (where stated.is_dated_by_path) as dated_by_path_only,
        count(*) filter (where stated.is_dated_later) as dated_after_last_run,
        count(*) filter (where stated.lacks_author) as without_author,
        count(*) filter (where stated.lacks_description) as without_description,
        count(*) filter (where stated.lacks_tags) as without_tags,
        count(*) filter (where stated.lacks_text) as without_text,
        count(*) filter (where stated.lacks_language) as without_language,
        count(*) filter (where stated.is_not_in_utf_8) as not_in_utf_8,
        count(*) filter (where repeated.content_id is not null) as with_identical_copy,
        count(*) filter (where troubled.path is not null) as with_problems
    from stated
    left join troubled on stated.source = troubled.source and stated.path = troubled.path
    left join repeated on stated.content_id = repeated.content_id
    group by stated.source
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
