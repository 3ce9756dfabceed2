-- One row per tag, with its trend: the last 28 days against the 28 before.
-- Days are counted back from the newest document not dated after the last run: the same store gives the same rows.
create or replace view report.tags as
with dated as (
    select
        document_id,
        source,
        tags,
        published_at,
        (published_at at time zone 'UTC')::date as day
    from raw.stated_documents
),

newest as (
    select max(published_at at time zone 'UTC')::date as day
    from raw.stated_documents
    where published_at <= coalesce((select max(runs.started_at) from main.runs), 'infinity'::timestamptz)
),

tagged as (
    select
        source,
        published_at,
        day,
        unnest(tags) as tag
    from dated
    union all
    select
        dated.source,
        dated.published_at,
        dated.day,
        rules.tag
    from main.document_tags as rules
    inner join dated on rules.document_id = dated.document_id
    where rules.origin = 'rule' and not coalesce(list_contains(dated.tags, rules.tag), false)
),

by_source as (
    select
        tagged.tag,
        tagged.source,
        count(*) as documents,
        min(tagged.published_at) as first_published_at,
        max(tagged.published_at) as last_published_at,
        count(*) filter (where tagged.day between newest.day - 27 and newest.day) as recent_documents,
        count(*) filter (where tagged.day between newest.day - 55 and newest.day - 28) as earlier_documents
    from tagged
    cross join newest
    group by tagged.tag, tagged.source
)

select
    tag,
    sum(documents)::bigint as documents,
    count(*) as sources,
    min(first_published_at) as first_published_at,
    max(last_published_at) as last_published_at,
    sum(recent_documents)::bigint as recent_documents,
    sum(earlier_documents)::bigint as earlier_documents,
    (sum(recent_documents) - sum(earlier_documents))::bigint as trend
from by_source
group by tag
order by documents desc, tag asc;

comment on view report.tags is 'One row per tag, with its trend: the last 28 days against the 28 before. Days are counted back from the newest document not dated after the last run: the same store gives the same rows.';
comment on column report.tags.tag is 'normalised tag';
comment on column report.tags.documents is 'documents that carry it, whatever the origin';
comment on column report.tags.sources is 'sources they come from';
comment on column report.tags.first_published_at is 'earliest publication';
comment on column report.tags.last_published_at is 'latest publication';
comment on column report.tags.recent_documents is 'documents published on the day of the newest document or in the 27 days before';
comment on column report.tags.earlier_documents is 'documents published in the 28 days before';
comment on column report.tags.trend is 'how many more recent than earlier ones';
