-- One row per run, source, key and type: how many more values of it there were after the run than before.
-- key: run_id, source, key, type
create or replace view main.front_matter_changes as
with openings as (
    select
        versions.run_id,
        versions.source,
        fields.key,
        fields.type,
        1 as change
    from raw.versions
    inner join raw.content_fields as fields on versions.content_id = fields.content_id
    where versions.change <> 'deleted'
),

closings as (
    select
        following.run_id,
        versions.source,
        fields.key,
        fields.type,
        -1 as change
    from raw.versions
    inner join raw.versions as following
        on
            versions.document_id = following.document_id
            and versions.valid_to = following.valid_from
            and versions.run_id <> following.run_id
    inner join raw.content_fields as fields on versions.content_id = fields.content_id
    where versions.change <> 'deleted' and following.change in ('edited', 'renamed', 'deleted')
),

events as (
    select
        run_id,
        source,
        key,
        type,
        change
    from openings
    union all
    select
        run_id,
        source,
        key,
        type,
        change
    from closings
)

select
    run_id,
    source,
    key,
    type,
    sum(change)::bigint as change
from events
group by run_id, source, key, type
having sum(change) <> 0;

comment on view main.front_matter_changes is 'One row per run, source, key and type: how many more values of it there were after the run than before.';
comment on column main.front_matter_changes.run_id is 'run';
comment on column main.front_matter_changes.source is 'source';
comment on column main.front_matter_changes.key is 'key path';
comment on column main.front_matter_changes.type is 'type of the values';
comment on column main.front_matter_changes.change is 'values that came, less those that went';
