-- One row per band and pair of current contents that are candidates for being alike, kept up to date by each build.
create table if not exists raw.similar_texts (
    band uhugeint not null,
    content_id uuid,
    other_content_id uuid,
    similarity double
);

comment on table raw.similar_texts is 'One row per band and pair of current contents that are candidates for being alike, kept up to date by each build.';
comment on column raw.similar_texts.band is 'what their signatures share: four numbers, as one';
comment on column raw.similar_texts.content_id is 'one content, the lesser';
comment on column raw.similar_texts.other_content_id is 'the other';
comment on column raw.similar_texts.similarity is 'share of their text in common, estimated';
