-- When a document was published: the time that its front matter says, else the beginning of the day in its path.
create or replace macro raw.published_at_of(stated_time, path_date, zone) as
coalesce(stated_time, timezone(zone, path_date::timestamp));

comment on macro raw.published_at_of is 'When a document was published: the time that its front matter says, else the beginning of the day in its path.'; -- noqa: PRS
