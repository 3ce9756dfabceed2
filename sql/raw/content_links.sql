-- One row per link or image of a content.
-- Targets are resolved in main.links.
create table if not exists raw.content_links (
    content_id uuid not null,
    position bigint,
    kind varchar,
    url varchar,
    domain varchar,
    text varchar
);

comment on table raw.content_links is 'One row per link or image of a content. Targets are resolved in main.links.';
comment on column raw.content_links.content_id is 'content';
comment on column raw.content_links.position is '0-based place';
comment on column raw.content_links.kind is 'external, internal, image or wiki';
comment on column raw.content_links.url is 'normalised URL';
comment on column raw.content_links.domain is 'registrable domain';
comment on column raw.content_links.text is 'text or alternative text';
