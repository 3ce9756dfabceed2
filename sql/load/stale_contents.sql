-- Which contents need a family derived again, and how many they are.
-- With a profile: those its sources have now or had before; without (null): all.
create or replace temp table stale_contents as
select content_id
from raw.contents
where getvariable('stale_profile') is null
union all
select distinct versions.content_id
from raw.versions
left join raw.content_metadata as metadata
    on versions.content_id = metadata.content_id and metadata.profile_id = getvariable('stale_profile')
where
    getvariable('stale_profile') is not null
    and versions.source in (select unnest(getvariable('stale_sources')::varchar[]))
    and (getvariable('is_profile_stale') or metadata.content_id is null);

select count(*) as contents
from stale_contents;
