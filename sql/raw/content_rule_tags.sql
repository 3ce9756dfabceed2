-- One row per content and tag that a rule about words brings.
create table if not exists raw.content_rule_tags (
    content_id uuid not null,
    tag varchar,
    tag_raw varchar
);

comment on table raw.content_rule_tags is 'One row per content and tag that a rule about words brings.';
comment on column raw.content_rule_tags.content_id is 'content';
comment on column raw.content_rule_tags.tag is 'normalised tag';
comment on column raw.content_rule_tags.tag_raw is 'word that brought it';
