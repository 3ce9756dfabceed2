-- One row per odd thing found in a content.
-- Problems with a path itself are in raw.problems.
create table if not exists raw.content_problems (
    content_id uuid not null,
    profile_id varchar not null,
    position bigint,
    stage varchar,
    code varchar,
    severity varchar,
    message varchar,
    line bigint,
    column_number bigint,
    excerpt varchar
);

comment on table raw.content_problems is 'One row per odd thing found in a content. Problems with a path itself are in raw.problems.';
comment on column raw.content_problems.content_id is 'content';
comment on column raw.content_problems.profile_id is 'reading profile';
comment on column raw.content_problems.position is '0-based place';
comment on column raw.content_problems.stage is 'stage that found it';
comment on column raw.content_problems.code is 'code, see docs/front-matter.md';
comment on column raw.content_problems.severity is 'info, warning or error';
comment on column raw.content_problems.message is 'what is odd';
comment on column raw.content_problems.line is '1-based line in the file';
comment on column raw.content_problems.column_number is '1-based column';
comment on column raw.content_problems.excerpt is 'the text in question';
