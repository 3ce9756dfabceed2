-- One row per internal or wiki link that leads to no document of the store.
-- Links to files that are no documents, such as images and downloads, are left out.
create or replace view report.broken_links as
select
    versions.source,
    versions.path,
    links.position,
    links.kind,
    links.url,
    links.text
from raw.unresolved_links as links
inner join main.document_versions as versions on links.document_id = versions.document_id and versions.is_current
where
    regexp_extract(lower(links.url), '^[^?#]*\.([a-z][a-z0-9]{0,4})(?:[?#]|$)', 1)
    in ('', 'md', 'mdx', 'markdown', 'qmd', 'txt', 'htm', 'html')
order by versions.source, versions.path, links.position;

comment on view report.broken_links is 'One row per internal or wiki link that leads to no document of the store. Links to files that are no documents, such as images and downloads, are left out.';
comment on column report.broken_links.source is 'source of the document';
comment on column report.broken_links.path is 'its path';
comment on column report.broken_links.position is '0-based place among the links of the document';
comment on column report.broken_links.kind is 'internal or wiki';
comment on column report.broken_links.url is 'where the link points, as written';
comment on column report.broken_links.text is 'its text';
