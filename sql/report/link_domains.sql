-- One row per domain that documents link to.
create or replace view report.link_domains as
with linked as (
    select
        links.domain,
        links.url,
        -- Different addresses are counted by these: texts would take twice as long, and ids of documents a little longer.
        hash(links.url) as url_number,
        documents.rowid as document_number,
        documents.source,
        documents.published_at
    from raw.content_links as links
    inner join raw.documents on links.content_id = documents.content_id
    where links.kind = 'external' and links.domain is not null
)

select
    domain,
    count(*) as links,
    count(distinct document_number) as documents,
    count(distinct source) as sources,
    count(distinct url_number) as urls,
    min(url) as example_url,
    max(published_at) as last_published_at
from linked
group by domain
order by documents desc, links desc, domain asc;

comment on view report.link_domains is 'One row per domain that documents link to.';
comment on column report.link_domains.domain is 'registrable domain: the part of the host that somebody registered';
comment on column report.link_domains.links is 'links to it';
comment on column report.link_domains.documents is 'documents that link to it';
comment on column report.link_domains.sources is 'sources of these documents';
comment on column report.link_domains.urls is 'different addresses';
comment on column report.link_domains.example_url is 'the first of them by name';
comment on column report.link_domains.last_published_at is 'latest publication of a document that links to it';
