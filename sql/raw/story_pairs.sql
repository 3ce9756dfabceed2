-- One row per pair of current documents on one story, by their rare terms, kept up to date by each build.
create table if not exists raw.story_pairs (
    week date not null,
    document_id uuid,
    other_document_id uuid,
    score double
);

comment on table raw.story_pairs is 'One row per pair of current documents on one story, by their rare terms, kept up to date by each build.';
comment on column raw.story_pairs.week is 'week of the earlier of the two';
comment on column raw.story_pairs.document_id is 'one document, published first';
comment on column raw.story_pairs.other_document_id is 'the other';
comment on column raw.story_pairs.score is 'cosine of their terms, weighed by how rare these are in the two weeks';
