-- One row per content and pair of names of one kind in two scripts that may be one.
create table if not exists raw.content_name_pairs (
    content_id uuid not null,
    chinese_key varchar,
    latin_key varchar,
    kind varchar,
    likeness double
);

comment on table raw.content_name_pairs is 'One row per content and pair of names of one kind in two scripts that may be one.';
comment on column raw.content_name_pairs.content_id is 'content';
comment on column raw.content_name_pairs.chinese_key is 'entity with the Chinese name';
comment on column raw.content_name_pairs.latin_key is 'entity with the Latin name';
comment on column raw.content_name_pairs.kind is 'kind of both';
comment on column raw.content_name_pairs.likeness is 'how alike they sound, 0 to 1';
