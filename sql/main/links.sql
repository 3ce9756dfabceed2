-- One row per link or image of a document.
-- key: document_id, position
create or replace view main.links as
select
    versions.document_id,
    links.position,
    links.kind,
    links.url,
    links.domain,
    links.text,
    case when links.url like '#%' then versions.document_id else targets.target_document_id end as target_document_id
from raw.versions
inner join raw.content_links as links on versions.content_id = links.content_id
left join raw.link_targets as targets
    on
        versions.source = targets.source
        and links.url = targets.url
        and case when links.kind = 'wiki' or links.url like '/%' then '' else versions.path end = targets.base
where versions.valid_to is null and links.kind in ('internal', 'wiki')
-- Links of other kinds lead to no document: who asks for them only, or for targets only, reads half of this.
union all
select
    versions.document_id,
    links.position,
    links.kind,
    links.url,
    links.domain,
    links.text,
    null::uuid as target_document_id
from raw.versions
inner join raw.content_links as links on versions.content_id = links.content_id
where versions.valid_to is null and links.kind not in ('internal', 'wiki');

comment on view main.links is 'One row per link or image of a document.';
comment on column main.links.document_id is 'document the link is in';
comment on column main.links.position is '0-based place in the document';
comment on column main.links.kind is 'external, internal, image or wiki';
comment on column main.links.url is 'normalised URL';
comment on column main.links.domain is 'registrable domain';
comment on column main.links.text is 'text of the link, or alternative text of the image';
comment on column main.links.target_document_id is 'document of this store that an internal or wiki link leads to';
