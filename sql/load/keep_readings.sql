-- Contents that new code fails on under a profile that has no rows of them: they keep what was read under another one, that
-- of their sources before, if they have rows of it.
create or replace temp table kept_readings as
select distinct on (content_id)
    content_id,
    profile_id
from raw.content_metadata
where
    content_id in (select unnest(getvariable('unread_contents')::uuid[]))
    and content_id not in (
        select own.content_id from raw.content_metadata as own
        where own.profile_id = getvariable('unread_profile')
    )
order by
    content_id asc,
    profile_id in (
        select sources.profile_id from raw.sources
        where sources.source in (select unnest(getvariable('unread_sources')::varchar[]))
    ) desc,
    profile_id asc;

insert into raw.content_metadata by name
select * replace (getvariable('unread_profile') as profile_id)
from raw.content_metadata
where (content_id, profile_id) in (select (kept.content_id, kept.profile_id) from kept_readings as kept);

insert into raw.content_tags by name
select * replace (getvariable('unread_profile') as profile_id)
from raw.content_tags
where (content_id, profile_id) in (select (kept.content_id, kept.profile_id) from kept_readings as kept);

insert into raw.content_problems by name
select * replace (getvariable('unread_profile') as profile_id)
from raw.content_problems
where (content_id, profile_id) in (select (kept.content_id, kept.profile_id) from kept_readings as kept);
