-- One row per problem code and source.
-- Examples are the first three paths.
create or replace view report.problems as
select
    code,
    severity,
    source,
    count(*) as problems,
    count(distinct path) as files,
    list_slice(list(distinct path order by path), 1, 3) as examples,
    min(message) as example_message
from main.problems
group by code, severity, source
order by problems desc, code asc, source asc;

comment on view report.problems is 'One row per problem code and source. Examples are the first three paths.';
comment on column report.problems.code is 'code, listed in docs/front-matter.md';
comment on column report.problems.severity is 'info, warning or error';
comment on column report.problems.source is 'source';
comment on column report.problems.problems is 'number of problems';
comment on column report.problems.files is 'number of files with it';
comment on column report.problems.examples is 'first three paths';
comment on column report.problems.example_message is 'one of the messages';
