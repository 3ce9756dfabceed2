-- One row per domain that documents link to.
create or replace view report.link_domains as
with linked as not materialized (
    select
        content_id,
        domain,
        url
    from raw.content_links
    where kind = 'external' and domain is not null
),

-- By content first: documents, with all they are joined from, are looked up once for each domain they link to.
linking as (
    select distinct
        content_id,
        domain
    from linked
),

by_source as (
    select
        linking.domain,
        documents.source,
        count(*) as documents,
        max(documents.published_at) as last_published_at
    from linking
    inner join raw.stated_documents as documents on linking.content_id = documents.content_id
    group by linking.domain, documents.source
),

readers as (
    select
        domain,
        sum(documents)::bigint as documents,
        count(*) as sources,
        max(last_published_at) as last_published_at
    from by_source
    group by domain
),

addresses as (
    select
        linked.domain,
        count(*) as links,
        count(distinct linked.url) as urls,
        min(linked.url) as example_url
    from linked
    inner join main.document_versions as versions on linked.content_id = versions.content_id and versions.is_current
    group by linked.domain
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
