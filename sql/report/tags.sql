-- One row per tag, with its trend: the last 28 days against the 28 before.
-- Days are counted back from the newest document not dated after the last run: the same store gives the same rows.
create or replace view report.tags as
with stated as materialized (
    select
        content_id,
        source,
        tags,
        published_at
    from raw.documents
),

-- Compared with times below: to tell the day of each document would take longer than all else here.
newest as (
    select date_trunc('day', max(published_at) at time zone 'UTC') at time zone 'UTC' as midnight
    from stated
    where published_at <= coalesce((select max(runs.started_at) from main.runs), 'infinity'::timestamptz)
),

tagged as (
    select
        source,
        published_at,
        unnest(tags) as tag
    from stated
    union all
    select
        stated.source,
        stated.published_at,
        rules.tag
    from raw.content_rule_tags as rules
    inner join stated on rules.content_id = stated.content_id
    where not coalesce(list_contains(stated.tags, rules.tag), false)
),

by_source as (
    select
        tagged.tag,
        tagged.source,
        count(*) as documents,
        min(tagged.published_at) as first_published_at,
        max(tagged.published_at) as last_published_at,
        count(*) filter (
            where tagged.published_at >= newest.midnight - to_hours(27 * 24)
            and tagged.published_at < newest.midnight + to_hours(24)
        ) as recent_documents,
        count(*) filter (
            where tagged.published_at >= newest.midnight - to_hours(55 * 24)
            and tagged.published_at < newest.midnight - to_hours(27 * 24)
        ) as earlier_documents
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
