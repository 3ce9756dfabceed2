-- Few files of a source have problems of severity warning or error.
-- severity: warning
-- threshold: problem_percent
with limits as (
    select
        source,
        map_extract_value(getvariable('alarm_problem_percent')::map (varchar, double), source) as allowed_percent
    from raw.sources
),

totals as (
    select
        source,
        count(*) as files
    from main.files
    where status <> 'deleted'
    group by source
),

troubled as (
    select
        source,
        count(distinct path) as files
    from main.problems
    where severity in ('warning', 'error')
    group by source
)

select
    totals.source,
    troubled.files as files_with_problems,
    totals.files,
    round(100.0 * troubled.files / totals.files, 1) as percent,
    limits.allowed_percent
from totals
inner join troubled on totals.source = troubled.source
inner join limits on totals.source = limits.source
where limits.allowed_percent > 0 and 100.0 * troubled.files / totals.files > limits.allowed_percent
order by totals.source;
