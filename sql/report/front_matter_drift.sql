-- One row per run, source, key and kind of change: keys that appeared or vanished, and types that came or went.
-- The first build of a source is no change.
create or replace view report.front_matter_drift as
with type_counts as (
    select
        run_id,
        source,
        key,
        type,
        sum(change) over (partition by source, key, type order by run_id) as values_after,
        change
    from main.front_matter_changes
),

key_counts as (
    select
        run_id,
        source,
        key,
        sum(change) as key_change,
        sum(sum(change)) over (partition by source, key order by run_id) as key_values_after
    from main.front_matter_changes
    group by run_id, source, key
),

first_runs as (
    select
        source,
        min(run_id) as run_id
    from main.document_versions
    group by source
)

select
    type_counts.run_id,
    type_counts.source,
    type_counts.key,
    type_counts.type,
    case
        when key_counts.key_values_after = key_counts.key_change then 'key appeared'
        when key_counts.key_values_after = 0 then 'key vanished'
        when type_counts.values_after = type_counts.change then 'type appeared'
        else 'type vanished'
    end as drift,
    type_counts.values_after::bigint as values_after
from type_counts
inner join key_counts
    on
        type_counts.run_id = key_counts.run_id
        and type_counts.source = key_counts.source
        and type_counts.key = key_counts.key
inner join first_runs on type_counts.source = first_runs.source and type_counts.run_id > first_runs.run_id
where
    type_counts.change <> 0
    and (type_counts.values_after = type_counts.change or type_counts.values_after = 0)
order by type_counts.run_id, type_counts.source, type_counts.key, type_counts.type;

comment on view report.front_matter_drift is 'One row per run, source, key and kind of change: keys that appeared or vanished, and types that came or went. The first build of a source is no change.';
comment on column report.front_matter_drift.run_id is 'run in which it changed';
comment on column report.front_matter_drift.source is 'source';
comment on column report.front_matter_drift.key is 'key path';
comment on column report.front_matter_drift.type is 'type of the values that came or went';
comment on column report.front_matter_drift.drift is 'key appeared, key vanished, type appeared or type vanished';
comment on column report.front_matter_drift.values_after is 'values of that key and type after the run';
