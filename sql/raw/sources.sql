-- One row per source.
create table if not exists raw.sources (
    source varchar not null,
    root varchar,
    revision varchar,
    profile_id varchar,
    zone varchar,
    last_run_id varchar
);

comment on table raw.sources is 'One row per source.';
comment on column raw.sources.source is 'name';
comment on column raw.sources.root is 'folder or URL where it was when last built';
comment on column raw.sources.revision is 'commit that was last loaded, of a git repository';
comment on column raw.sources.profile_id is 'how it is read';
comment on column raw.sources.zone is 'time zone of its dates that have none';
comment on column raw.sources.last_run_id is 'run that last changed it';
