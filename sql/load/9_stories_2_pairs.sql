-- Which documents of one portion of the weeks share rare terms.
create or replace temp table window_documents as
select
    portions.week as first_week,
    documents.number,
    documents.content_id
from week_portions as portions
inner join dated_documents as documents on documents.week in (portions.week, portions.week + 7)
where portions.portion = getvariable('portion');

-- A term is rare that at most a fifth of the window's documents share (five may in any case, fifty at most): the words
-- that a house uses every day would join everything with everything. Numbers stand for a window's terms from here on.
create or replace temp table window_terms as
with terms as (
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
    counted.documents between 2 and least(50, greatest(5, portions.documents / 5)) as is_rare,
    1 + ln((1 + portions.documents) / (1 + counted.documents)) as weight
from counted
inner join week_portions as portions on counted.first_week = portions.week;

-- Committed, for the reason given with the weeks.
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

drop table window_documents;

drop table window_terms;

drop table rare_terms;
