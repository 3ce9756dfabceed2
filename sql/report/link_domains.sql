-- One row per domain that documents link to.
create or replace view report.link_domains as
with linked as (
    select
        document_id,
        url,
        domain
    from main.links
    where kind = 'external' and domain is not null
),

-- A list per document first: counting different documents per domain would keep every link apart.
by_document as (
    select
        document_id,
        list_distinct(list(domain)) as domains
    from linked
    group by document_id
),

linking as (
    select
        by_document.document_id,
        unnest(by_document.domains) as domain
    from by_document
),

readers as (
    select
        linking.domain,
        count(*) as documents,
        count(distinct documents.source) as sources,
        max(documents.published_at) as last_published_at
    from linking
    inner join main.documents on linking.document_id = documents.document_id
    group by linking.domain
),

addresses as (
    select
        domain,
        count(*) as links,
        count(distinct url) as urls,
        min(url) as example_url
    from linked
    group by domain
)

select
    addresses.domain,
    addresses.links,
    readers.documents,
    readers.sources,
    addresses.urls,
    addresses.example_url,
    readers.last_published_at
from addresses
inner join readers on addresses.domain = readers.domain
order by readers.documents desc, addresses.links desc, addresses.domain asc;

comment on view report.link_domains is 'One row per domain that documents link to.';
comment on column report.link_domains.domain is 'registrable domain: the part of the host that somebody registered';
comment on column report.link_domains.links is 'links to it';
comment on column report.link_domains.documents is 'documents that link to it';
comment on column report.link_domains.sources is 'sources of these documents';
comment on column report.link_domains.urls is 'different addresses';
comment on column report.link_domains.example_url is 'the first of them by name';
comment on column report.link_domains.last_published_at is 'latest publication of a document that links to it';
