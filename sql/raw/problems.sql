-- One row per odd thing about a path itself, as of the last build that read its source.
-- Problems inside files are in raw.content_problems.
create table if not exists raw.problems (
    source varchar not null,
    path varchar not null,
    run_id varchar,
    stage varchar,
    code varchar,
    severity varchar,
    message varchar
);

comment on table raw.problems is 'One row per odd thing about a path itself, as of the last build that read its source. Problems inside files are in raw.content_problems.';
comment on column raw.problems.source is 'source';
comment on column raw.problems.path is 'path';
comment on column raw.problems.run_id is 'run that found it';
comment on column raw.problems.stage is 'stage';
comment on column raw.problems.code is 'code';
comment on column raw.problems.severity is 'severity';
comment on column raw.problems.message is 'what is odd';
