-- One row per place an internal or wiki link may point to, kept up to date by each build.
create table if not exists raw.link_targets (
    source varchar not null,
    base varchar not null,
    url varchar not null,
    names varchar[],
    target_document_id uuid
);

comment on table raw.link_targets is 'One row per place an internal or wiki link may point to, kept up to date by each build.';
comment on column raw.link_targets.source is 'source';
comment on column raw.link_targets.base is 'path of the document the link is in; empty where the target is the same from everywhere';
comment on column raw.link_targets.url is 'normalised URL of the link';
comment on column raw.link_targets.names is 'last names of the paths it may mean: it is resolved again when one of them comes or goes';
comment on column raw.link_targets.target_document_id is 'document it leads to';
