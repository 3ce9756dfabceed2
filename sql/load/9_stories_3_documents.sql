-- Stories as connected components: each document takes the least name that it can reach, step by step.
-- Documents with one content, and those with one source link, are joined to the first of them.
create or replace temp table story_edges as
with current_documents as (
    select
        versions.document_id,
        versions.content_id,
        contents.source_url,
        versions.source || '/' || versions.path as place
    from raw.versions
    inner join raw.contents on versions.content_id = contents.content_id
    where versions.valid_to is null
),

firsts as (
    select
        document_id,
        content_id,
        first_value(document_id) over (partition by content_id order by place) as first_of_content,
        case
            when source_url is not null
                then first_value(document_id) over (partition by source_url order by place)
        end as first_of_source
    from current_documents
),

alike as (
    select distinct
        content_id,
        other_content_id
    from raw.similar_texts
)

select
    document_id,
    other_document_id
from raw.story_pairs
union
select
    one.document_id,
    other.document_id as other_document_id
from alike
inner join firsts as one on alike.content_id = one.content_id and one.document_id = one.first_of_content
inner join firsts as other
    on alike.other_content_id = other.content_id and other.document_id = other.first_of_content
union
select
    firsts.document_id,
    firsts.first_of_content as other_document_id
from firsts
inner join raw.content_signatures as signatures on firsts.content_id = signatures.content_id
where firsts.document_id <> firsts.first_of_content
union
select
    document_id,
    first_of_source as other_document_id
from firsts
where document_id <> first_of_source;

delete from raw.story_documents;

insert into raw.story_documents by name -- noqa: PRS
with recursive links as (
    select
        document_id,
        other_document_id
    from story_edges
    union
    select
        other_document_id as document_id,
        document_id as other_document_id
    from story_edges
),

places as (
    select
        versions.document_id,
        versions.source || '/' || versions.path as place
    from raw.versions
    where versions.valid_to is null and versions.document_id in (select links.document_id from links)
),

reached (document_id, place) using key (document_id) as (
    select
        document_id,
        place
    from places
    union
    select
        links.document_id,
        min(reached.place) as place
    from reached
    inner join links on reached.document_id = links.other_document_id
    inner join recurring.reached as own on links.document_id = own.document_id
    where reached.place < own.place
    group by links.document_id
)

select
    reached.document_id,
    places.document_id as story_id
from reached
inner join places on reached.place = places.place
order by story_id, reached.document_id;
