-- Which documents tell one story: those with one source, with texts alike, or published within a week of each other
-- and sharing rare terms. Terms are weighed within two weeks, so that only weeks in which something changed are looked
-- at again.
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
)

-- Numbered in the order of telling: of two documents the one with the smaller number was first.
select
    row_number() over (order by published_at, place) as number,
    document_id,
    content_id,
    published_at,
    date_trunc('week', published_at)::date as week
from current_documents
where published_at is not null;

-- Each document stands in two windows of two weeks: that of its own week, and that of the week before.
create or replace temp table window_documents as
select
    changed_weeks.week as first_week,
    documents.number,
    documents.content_id
from dated_documents as documents
inner join changed_weeks on documents.week in (changed_weeks.week, changed_weeks.week + 7);

-- A term is rare that at most a fifth of the window's documents share (five may in any case, fifty at most): the words
-- that a house uses every day would join everything with everything. Numbers stand for a window's terms from here on.
create or replace temp table window_terms as
with sizes as (
    select
        first_week,
        count(*) as documents
    from window_documents
    group by first_week
    having count(*) > 1
),

terms as (
    select
        windows.first_week,
        unnest(content.terms) as term
    from window_documents as windows
    inner join raw.content_terms as content on windows.content_id = content.content_id
),

counted as (
    select
        first_week,
        term,
        count(*) as documents
    from terms
    group by first_week, term
)

select
    counted.first_week,
    counted.term,
    row_number() over () as term_number,
    counted.documents between 2 and least(50, greatest(5, sizes.documents / 5)) as is_rare,
    1 + ln((1 + sizes.documents) / (1 + counted.documents)) as weight
from counted
inner join sizes on counted.first_week = sizes.first_week;

delete from raw.story_pairs
where week in (select changed_weeks.week from changed_weeks);

-- Of rows that are not committed the planner knows nothing, and one thread reads them: joins take twice as long and more.
commit;

begin;

-- All terms of all windows are many times the texts: they are made twice rather than kept, for the lengths of documents
-- and for the rare ones among them. Weights are divided by their document's length, so that their products add up to the
-- likeness itself: to look lengths up by pair, the planner would make all pairs of a window.
create or replace temp table rare_terms as
with terms as not materialized (
    select
        windows.first_week,
        windows.number,
        unnest(content.terms) as term,
        unnest(content.counts) as term_count
    from window_documents as windows
    inner join raw.content_terms as content on windows.content_id = content.content_id
),

weighted as not materialized (
    select
        terms.first_week,
        terms.number,
        weights.term_number,
        weights.is_rare,
        (1 + ln(terms.term_count)) * weights.weight as weight
    from terms
    inner join window_terms as weights on terms.first_week = weights.first_week and terms.term = weights.term
),

lengths as (
    select
        first_week,
        number,
        sqrt(sum(weight * weight)) as length
    from weighted
    group by first_week, number
)

select
    weighted.number,
    weighted.term_number,
    weighted.weight / lengths.length as weight,
    documents.published_at,
    documents.week = weighted.first_week as is_of_first_week
from weighted
inner join lengths on weighted.first_week = lengths.first_week and weighted.number = lengths.number
inner join dated_documents as documents on weighted.number = documents.number
where weighted.is_rare;

commit;

begin;

insert into raw.story_pairs by name
with pairs as (
    select
        one.number,
        other.number as other_number,
        sum(one.weight * other.weight) as score
    from rare_terms as one
    inner join rare_terms as other on one.term_number = other.term_number and one.number < other.number
    where one.is_of_first_week and other.published_at < one.published_at + interval 7 days
    group by one.number, other.number
    having count(*) >= 3 and sum(one.weight * other.weight) >= 0.35
)

select
    one.week,
    one.document_id,
    other.document_id as other_document_id,
    round(pairs.score, 4) as score
from pairs
inner join dated_documents as one on pairs.number = one.number
inner join dated_documents as other on pairs.other_number = other.number;

drop table window_terms;

drop table rare_terms;
