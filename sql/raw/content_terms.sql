-- One row per content: its words and how often they occur.
create table if not exists raw.content_terms (
    content_id uuid not null,
    terms varchar[],
    counts bigint[]
);

comment on table raw.content_terms is 'One row per content: its words and how often they occur.';
comment on column raw.content_terms.content_id is 'content';
comment on column raw.content_terms.terms is 'words that may become keywords, most frequent first';
comment on column raw.content_terms.counts is 'how often each occurs';
