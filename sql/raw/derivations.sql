-- One row per derivation family: the version whose rows are stored.
create table if not exists raw.derivations (
    family varchar not null,
    version varchar
);

comment on table raw.derivations is 'One row per derivation family: the version whose rows are stored.';
comment on column raw.derivations.family is 'family';
comment on column raw.derivations.version is 'version: a number, and checksums of the reference files that it reads';
