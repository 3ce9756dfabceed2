-- Contents that new code fails on under a profile that has no rows of them, as it was changed: they keep what another profile
-- read.
create or replace temp table kept_readings as
select
    content_id,
    min(profile_id) as profile_id
from raw.content_metadata
where content_id in (select unnest(getvariable('unread_contents')::uuid[]))
group by content_id
having not bool_or(profile_id = getvariable('unread_profile'));

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
