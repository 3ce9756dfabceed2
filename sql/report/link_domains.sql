-- One row per domain that documents link to.
create or replace view report.link_domains as
select
    links.domain,
    count(*) as links,
    count(distinct links.document_id) as documents,
    count(distinct documents.source) as sources,
    count(distinct links.url) as urls,
    min(links.url) as example_url,
    max(documents.published_at) as last_published_at
from main.links
inner join main.documents on links.document_id = documents.document_id
where links.kind = 'external' and links.domain is not null
group by links.domain
order by documents desc, links desc, links.domain asc;

comment on view report.link_domains is 'One row per domain that documents link to.';
comment on column report.link_domains.domain is 'registrable domain: the part of the host that somebody registered';
comment on column report.link_domains.links is 'links to it';
comment on column report.link_domains.documents is 'documents that link to it';
comment on column report.link_domains.sources is 'sources of these documents';
comment on column report.link_domains.urls is 'different addresses';
comment on column report.link_domains.example_url is 'the first of them by name';
comment on column report.link_domains.last_published_at is 'latest publication of a document that links to it';
