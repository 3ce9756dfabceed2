-- What reports ask of entities, added up over the current documents, for the entities that may have changed.
-- Documents and entities are numbered on the way: groups of numbers are several times quicker than those of texts.
create or replace temp table touched_rows as
with wanted_keys as (
    select
        touched_entities.entity_id as entity_key,
        touched_entities.number
    from touched_entities
    anti join raw.entity_links as links on touched_entities.entity_id = links.entity_key
    union all
    select
        links.entity_key,
        touched_entities.number
    from touched_entities
    inner join raw.entity_links as links on touched_entities.entity_id = links.entity_id
),

current_documents as (
    select
        content_id,
        published_at,
        row_number() over () as document_number
    from raw.documents
)

select
    wanted_keys.number,
    current_documents.document_number,
    current_documents.published_at,
    content.kind,
    content.language,
    content.name,
    content.mention_count
from raw.content_entities as content
inner join wanted_keys on content.entity_key = wanted_keys.entity_key
inner join current_documents on content.content_id = current_documents.content_id;

create or replace temp table touched_documents as
select
    number,
    document_number,
    min(kind) as kind,
    min(published_at) as published_at,
    sum(mention_count)::bigint as mention_count
from touched_rows
group by number, document_number;

create or replace temp table touched_names as
select
    number,
    language,
    name,
    count(*) as document_count,
    sum(mention_count)::bigint as mention_count
from touched_rows
group by number, language, name;

delete from raw.entity_names
where entity_id in (select touched_entities.entity_id from touched_entities);

insert into raw.entity_names by name
select
    touched_entities.entity_id,
    names.language,
    list(names.name order by names.document_count desc, names.mention_count desc, names.name asc) as names
from touched_names as names
inner join touched_entities on names.number = touched_entities.number
group by touched_entities.entity_id, names.language;

delete from raw.entities
where entity_id in (select touched_entities.entity_id from touched_entities);

-- A name that no list knows is shown as most documents write it.
insert into raw.entities by name
with written as (
    select
        number,
        arg_max(name, (document_count, mention_count, name)) as name,
        arg_max(name, (document_count, mention_count, name)) filter (
            language in ('en', 'zh') and regexp_matches(name, '[A-Za-z]') and not regexp_matches(name, '[㐀-鿿]')
        ) as name_en,
        arg_max(name, (document_count, mention_count, name)) filter (
            language = 'zh' and regexp_matches(name, '[㐀-鿿]')
        ) as name_zh
    from touched_names
    group by number
),

added_up as (
    select
        number,
        min(kind) as kind,
        count(*) as document_count,
        sum(mention_count)::bigint as mention_count,
        min(published_at) as first_published_at,
        max(published_at) as last_published_at
    from touched_documents
    group by number
)

select
    touched_entities.entity_id,
    added_up.kind,
    coalesce(known.name, written.name_en, written.name_zh, written.name) as name,
    coalesce(known.name_en, written.name_en) as name_en,
    coalesce(known.name_zh, written.name_zh) as name_zh,
    known.entity_id is not null as is_listed,
    added_up.document_count,
    added_up.mention_count,
    added_up.first_published_at,
    added_up.last_published_at
from touched_entities
inner join added_up on touched_entities.number = added_up.number
inner join written on touched_entities.number = written.number
left join raw.known_entities as known on touched_entities.entity_id = known.entity_id;

delete from raw.entity_weeks
where entity_id in (select touched_entities.entity_id from touched_entities);

insert into raw.entity_weeks by name
with several as (
    select
        touched_entities.entity_id,
        touched_entities.number
    from touched_entities
    inner join raw.entities on touched_entities.entity_id = entities.entity_id
    where entities.document_count > 1 and entities.kind not in ('date', 'money', 'percentage')
),

weeks as (
    select
        documents.number,
        date_trunc('week', documents.published_at)::date as week,
        count(*) as document_count,
        sum(documents.mention_count)::bigint as mention_count
    from touched_documents as documents
    semi join several on documents.number = several.number
    where documents.published_at is not null
    group by documents.number, week
)

select
    several.entity_id,
    weeks.week,
    weeks.document_count,
    weeks.mention_count,
    coalesce(sum(weeks.document_count) over (
        partition by weeks.number
        order by weeks.week range between interval 56 days preceding and interval 7 days preceding
    ), 0)::bigint as past_document_count
from weeks
inner join several on weeks.number = several.number;

drop table touched_rows;
drop table touched_documents;
drop table touched_names;
