-- What each current document's front matter and path say of it: all of main.documents that needs nothing of its text.
-- Reports that ask for no more read this, and half as much.
create or replace view raw.stated_documents as
select
    versions.document_id,
    versions.source,
    versions.path,
    versions.content_id,
    metadata.title as stated_title,
    metadata.description,
    metadata.author,
    raw.published_at_of(metadata.published_at, versions.path_date, sources.zone) as published_at,
    metadata.published_raw,
    case
        when metadata.published_at is not null then metadata.published_precision
        when versions.path_date is not null then 'day'
    end as published_precision,
    case
        when metadata.published_at is not null then 'front_matter'
        when versions.path_date is not null then 'path'
    end as published_from,
    metadata.tags,
    versions.first_seen_at,
    versions.updated_at
from raw.versions
inner join raw.sources on versions.source = sources.source
inner join raw.content_metadata as metadata
    on versions.content_id = metadata.content_id and sources.profile_id = metadata.profile_id
where versions.valid_to is null;

comment on view raw.stated_documents is 'What the front matter and the path of each current document say of it.';
comment on column raw.stated_documents.document_id is 'document: from the source and the path first seen';
comment on column raw.stated_documents.source is 'source the document belongs to';
comment on column raw.stated_documents.path is 'path below the root of the source';
comment on column raw.stated_documents.content_id is 'first 128 bits of the SHA-256 of the file';
comment on column raw.stated_documents.stated_title is 'title in the front matter';
comment on column raw.stated_documents.description is 'description or summary of the front matter';
comment on column raw.stated_documents.author is 'author or authors, joined by comma';
comment on column raw.stated_documents.published_at is 'moment of publication: front matter, else the day that the path names';
comment on column raw.stated_documents.published_raw is 'the date of the front matter as written';
comment on column raw.stated_documents.published_precision is 'year, month, day, minute or second';
comment on column raw.stated_documents.published_from is 'where the date comes from: front_matter or path';
comment on column raw.stated_documents.tags is 'normalised tags of front matter and body, in their order';
comment on column raw.stated_documents.first_seen_at is 'when the document was first loaded';
comment on column raw.stated_documents.updated_at is 'when its content last changed';
