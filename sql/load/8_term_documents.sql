-- How many current documents have each term: the counts of those that entered are added, of those that left taken off.
-- When everything was derived again, it is made anew.
delete from raw.term_documents
where getvariable('is_all_new');

create or replace temp table term_changes as
with moves as (
    select
        content_id,
        1 as documents
    from entered_documents
    union all
    select
        content_id,
        -1 as documents
    from left_documents
),

moved_terms as (
    select
        unnest(terms.terms) as term,
        moves.documents
    from moves
    inner join raw.content_terms as terms on moves.content_id = terms.content_id
)

select
    term,
    sum(documents) as documents
from moved_terms
group by term
having sum(documents) <> 0;

create or replace temp table changed_terms as
select
    changes.term,
    coalesce(stored.document_count, 0) + changes.documents as document_count
from term_changes as changes
left join raw.term_documents as stored on changes.term = stored.term;

delete from raw.term_documents
where term in (select changed_terms.term from changed_terms);

insert into raw.term_documents by name
select
    term,
    document_count
from changed_terms
where document_count > 0;
