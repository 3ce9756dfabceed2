-- One row per odd thing in a current file, or about its path.
create or replace view main.problems as
select
    files.source,
    files.path,
    files.last_run_id as run_id,
    found.stage,
    found.code,
    found.severity,
    found.message,
    found.line,
    found.column_number,
    found.excerpt
from raw.files
inner join raw.sources on files.source = sources.source
inner join raw.content_problems as found
    on files.content_id = found.content_id and sources.profile_id = found.profile_id
where files.status <> 'deleted'
union all
select
    source,
    path,
    run_id,
    stage,
    code,
    severity,
    message,
    null::bigint as line,
    null::bigint as column_number,
    null::varchar as excerpt
from raw.problems;

comment on view main.problems is 'One row per odd thing in a current file, or about its path.';
comment on column main.problems.source is 'source';
comment on column main.problems.path is 'path';
comment on column main.problems.run_id is 'run that found it';
comment on column main.problems.stage is 'stage that found it';
comment on column main.problems.code is 'code, listed in docs/front-matter.md';
comment on column main.problems.severity is 'info, warning or error';
comment on column main.problems.message is 'what is odd';
comment on column main.problems.line is '1-based line in the file';
comment on column main.problems.column_number is '1-based column';
comment on column main.problems.excerpt is 'the text in question';
