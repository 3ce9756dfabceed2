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

-- A term is rare that at most a fifth of the window's documents share (five may in any case, fifty at most): the words
-- that a house uses every day would join everything with everything.
-- Each document stands in two windows of two weeks: that of its own week, and that of the week before.
create or replace temp table window_terms as
with windows as (
    select
        documents.number,
        documents.content_id,
        changed_weeks.week as first_week
    from dated_documents as documents
    inner join changed_weeks on documents.week in (changed_weeks.week, changed_weeks.week + 7)
),

sizes as (
    select
        first_week,
        count(*) as documents
    from windows
    group by first_week
    having count(*) > 1
),

terms as (
    select
        windows.first_week,
        windows.number,
        unnest(content.terms) as term,
        unnest(content.counts) as term_count
    from windows
    inner join sizes on windows.first_week = sizes.first_week
    inner join raw.content_terms as content on windows.content_id = content.content_id
),

weights as (
    select
        terms.first_week,
        terms.term,
        count(*) between 2 and least(50, greatest(5, any_value(sizes.documents) / 5)) as is_rare,
        1 + ln((1 + any_value(sizes.documents)) / (1 + count(*))) as weight
    from terms
    inner join sizes on terms.first_week = sizes.first_week
    group by terms.first_week, terms.term
)

select
    terms.first_week,
    terms.number,
    terms.term,
    weights.is_rare,
    (1 + ln(terms.term_count)) * weights.weight as weight
from terms
inner join weights on terms.first_week = weights.first_week and terms.term = weights.term;

delete from raw.story_pairs
where week in (select changed_weeks.week from changed_weeks);

-- Weights are divided by their document's length first, so that their products add up to the likeness itself. To look the
-- lengths up by pair would cost more than all else: there are as many pairs in a window as its documents squared.
insert into raw.story_pairs by name
with lengths as (
    select
        first_week,
        number,
        sqrt(sum(weight * weight)) as length
    from window_terms
    group by first_week, number
),

rare as (
    select
        terms.first_week,
        terms.term,
        terms.number,
        terms.weight / lengths.length as weight,
        documents.published_at,
        documents.week
    from window_terms as terms
    inner join dated_documents as documents on terms.number = documents.number
    inner join lengths on terms.first_week = lengths.first_week and terms.number = lengths.number
    where terms.is_rare
),

pairs as (
    select
        one.number,
        other.number as other_number,
        sum(one.weight * other.weight) as score
    from rare as one
    inner join rare as other
        on one.first_week = other.first_week and one.term = other.term and one.number < other.number
    where one.week = one.first_week and other.published_at < one.published_at + interval 7 days
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
