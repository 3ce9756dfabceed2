-- Which documents tell one story: those with one source, with texts alike, or published within a week of each other
-- and sharing rare terms. Terms are weighed within two weeks, so that only weeks in which something changed are looked
-- at again: here are these weeks and their documents. They make portions, of which pairs are found one after the other,
-- so that it takes no more memory in a larger store, unless a week alone is larger than a portion.
-- When everything was derived again, it is made anew.
delete from raw.story_pairs
where getvariable('is_all_new');

create or replace temp table changed_weeks as
with changed as (
    select
        source,
        content_id,
        path_date
    from entered_documents
    union all
    select
        source,
        content_id,
        path_date
    from left_documents
),

published as (
    select coalesce(metadata.published_at, timezone(sources.zone, changed.path_date::timestamp)) as published_at
    from changed
    inner join raw.sources on changed.source = sources.source
    inner join raw.content_metadata as metadata
        on changed.content_id = metadata.content_id and sources.profile_id = metadata.profile_id
),

weeks as (
    select distinct date_trunc('week', published_at)::date as week
    from published
    where published_at is not null
)

select week
from weeks
union
select week - 7 as week
from weeks;

create or replace temp table dated_documents as
with current_documents as (
    select
        versions.document_id,
        versions.content_id,
        versions.source || '/' || versions.path as place,
        coalesce(metadata.published_at, timezone(sources.zone, versions.path_date::timestamp)) as published_at
    from raw.versions
    inner join raw.sources on versions.source = sources.source
    inner join raw.content_metadata as metadata
        on versions.content_id = metadata.content_id and sources.profile_id = metadata.profile_id
    where versions.valid_to is null and exists (from changed_weeks)
),

weeks as (
    select week
    from changed_weeks
    union
    select week + 7 as week
    from changed_weeks
)

-- Numbered in the order of telling: of two documents the one with the smaller number was first.
select
    row_number() over (order by published_at, place) as number,
    document_id,
    content_id,
    published_at,
    date_trunc('week', published_at)::date as week
from current_documents
where date_trunc('week', published_at)::date in (select weeks.week from weeks);

-- Each document stands in two windows of two weeks: that of its own week, and that of the week before.
create or replace temp table week_portions as
with windows as (
    select
        changed_weeks.week,
        count(*) as documents
    from changed_weeks
    inner join dated_documents as documents on documents.week in (changed_weeks.week, changed_weeks.week + 7)
    group by changed_weeks.week
    having count(*) > 1
)

select
    week,
    documents,
    sum(documents) over (order by week) // getvariable('documents_per_portion') as portion
from windows;

delete from raw.story_pairs
where week in (select changed_weeks.week from changed_weeks);

-- Of rows that are not committed the planner knows nothing, and one thread reads them: joins take twice as long and more.
commit;

begin;

select distinct portion
from week_portions
order by portion;
