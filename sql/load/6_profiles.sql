-- What is known of a content without its text, repeated for profiles that met it later:
-- that it was rejected, and what decoding said of it.
insert into raw.content_metadata by name
select distinct on (stored.content_id, sources.profile_id) stored.* replace (sources.profile_id as profile_id)
from raw.files
inner join raw.sources on files.source = sources.source
inner join raw.rejected on files.content_id = rejected.content_id
inner join raw.content_metadata as stored on files.content_id = stored.content_id
anti join raw.content_metadata as own
    on files.content_id = own.content_id and sources.profile_id = own.profile_id;

insert into raw.content_problems by name
select distinct on (stored.content_id, metadata.profile_id, stored.position) -- noqa: LT09
    stored.* replace (metadata.profile_id as profile_id)
from raw.content_problems as stored
inner join raw.content_metadata as metadata
    on stored.content_id = metadata.content_id and stored.profile_id <> metadata.profile_id
anti join raw.content_problems as own
    on stored.content_id = own.content_id and metadata.profile_id = own.profile_id and own.stage = 'decode'
where stored.stage = 'decode'
order by stored.profile_id;
