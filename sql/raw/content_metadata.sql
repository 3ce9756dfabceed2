-- One row per content and profile: what the front matter means to a source.
-- Two sources that read the same bytes differently have a row each.
create table if not exists raw.content_metadata (
    content_id uuid not null,
    profile_id varchar not null,
    title varchar,
    description varchar,
    author varchar,
    published_at timestamptz,
    published_raw varchar,
    published_precision varchar,
    tags varchar[]
);

comment on table raw.content_metadata is 'One row per content and profile: what the front matter means to a source. Two sources that read the same bytes differently have a row each.';
comment on column raw.content_metadata.content_id is 'content';
comment on column raw.content_metadata.profile_id is 'hash of the source''s reading profile';
comment on column raw.content_metadata.title is 'title the front matter gives';
comment on column raw.content_metadata.description is 'description';
comment on column raw.content_metadata.author is 'author, several joined by comma';
comment on column raw.content_metadata.published_at is 'moment of publication';
comment on column raw.content_metadata.published_raw is 'its spelling in the front matter';
comment on column raw.content_metadata.published_precision is 'year, month, day, minute or second';
comment on column raw.content_metadata.tags is 'normalised tags of front matter and body';
