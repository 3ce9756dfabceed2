-- One row per content whose entities were looked for.
create table if not exists raw.entity_states (
    content_id uuid not null,
    version varchar,
    run_id varchar
);

comment on table raw.entity_states is 'One row per content whose entities were looked for.';
comment on column raw.entity_states.content_id is 'content';
comment on column raw.entity_states.version is 'version of extractors, lists and clean-up';
comment on column raw.entity_states.run_id is 'run that did it';
