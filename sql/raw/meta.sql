-- One row: what wrote this file.
create table if not exists raw.meta (
    schema_version integer,
    dateline_version varchar,
    sql_digest varchar
);

comment on table raw.meta is 'One row: what wrote this file.';
comment on column raw.meta.schema_version is 'version of the tables in raw';
comment on column raw.meta.dateline_version is 'version of Dateline';
comment on column raw.meta.sql_digest is 'hash of the SQL files whose views are in the file';
