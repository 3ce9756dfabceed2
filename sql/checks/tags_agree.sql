-- The tags of a document are those of its rows in document_tags that it states itself.
-- severity: error
with stated as (
    select
        content_id,
        profile_id,
        list(distinct tag order by tag) as tags
    from raw.content_tags
    where origin in ('front_matter', 'inline')
    group by content_id, profile_id
)

select
    metadata.content_id,
    metadata.tags,
    stated.tags as stated_tags
from raw.content_metadata as metadata
left join stated on metadata.content_id = stated.content_id and metadata.profile_id = stated.profile_id
where coalesce(list_sort(metadata.tags), []) <> coalesce(stated.tags, []);
