-- One row per document and keyword: its ten terms that say most about it.
-- Score is TF-IDF: (1 + ln count) * ln(1 + documents / documents with the term).
-- key: document_id, rank
create or replace view main.keywords as
with terms as (
    select
        versions.document_id,
        unnest(rows.terms) as term,
        unnest(rows.counts) as term_count
    from raw.versions
    inner join raw.content_terms as rows on versions.content_id = rows.content_id
    where versions.valid_to is null
),

total as (
    select count(*) as documents
    from raw.versions
    where valid_to is null
),

scored as (
    select
        terms.document_id,
        terms.term,
        terms.term_count,
        frequencies.document_count,
        round((1 + ln(terms.term_count)) * ln(1 + total.documents / frequencies.document_count), 4) as score
    from terms
    inner join raw.term_documents as frequencies on terms.term = frequencies.term
    cross join total
)

select
    document_id,
    row_number() over (partition by document_id order by score desc, term asc) as rank,
    term as keyword,
    score,
    term_count,
    document_count
from scored
qualify rank <= 10;

comment on view main.keywords is 'One row per document and keyword: its ten terms that say most about it. Score is TF-IDF: (1 + ln count) * ln(1 + documents / documents with the term).';
comment on column main.keywords.document_id is 'document';
comment on column main.keywords.rank is '1 for the one that says most';
comment on column main.keywords.keyword is 'term in small letters';
comment on column main.keywords.score is 'TF-IDF within the store';
comment on column main.keywords.term_count is 'how often the document has it';
comment on column main.keywords.document_count is 'current documents that have it';
