-- One row per content, profile, tag and origin.
create table if not exists raw.content_tags (
    content_id uuid not null,
    profile_id varchar not null,
    position bigint,
    tag varchar,
    tag_raw varchar,
    origin varchar
);

comment on table raw.content_tags is 'One row per content, profile, tag and origin.';
comment on column raw.content_tags.content_id is 'content';
comment on column raw.content_tags.profile_id is 'reading profile';
comment on column raw.content_tags.position is '0-based place';
comment on column raw.content_tags.tag is 'normalised tag';
comment on column raw.content_tags.tag_raw is 'as written';
comment on column raw.content_tags.origin is 'front_matter, inline or rule';
