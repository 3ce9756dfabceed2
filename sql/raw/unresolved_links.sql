-- One row per internal or wiki link that leads to no document of the store, made anew from main.links by each build.
create table if not exists raw.unresolved_links (
    document_id uuid not null,
    position bigint,
    kind varchar,
    url varchar,
    text varchar
);

comment on table raw.unresolved_links is 'One row per internal or wiki link that leads to no document of the store, made anew from main.links by each build.';
comment on column raw.unresolved_links.document_id is 'document the link is in';
comment on column raw.unresolved_links.position is '0-based place among the links of the document';
comment on column raw.unresolved_links.kind is 'internal or wiki';
comment on column raw.unresolved_links.url is 'normalised URL';
comment on column raw.unresolved_links.text is 'text of the link';
