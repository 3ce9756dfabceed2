-- What reports ask of entities, added up over the current documents: made anew, so that nothing that went is left.
create or replace temp table document_names as
select
    documents.document_id,
    documents.published_at,
    coalesce(links.entity_id, content.entity_key) as entity_id,
    content.kind,
    content.language,
    content.name,
    content.mention_count
from main.documents
inner join raw.content_entities as content on documents.content_id = content.content_id
left join raw.entity_links as links on content.entity_key = links.entity_key;

create or replace temp table document_entities as
select
    entity_id,
    document_id,
    min(kind) as kind,
    any_value(published_at) as published_at,
    sum(mention_count)::bigint as mention_count
from document_names
group by entity_id, document_id;

delete from raw.entity_names;

insert into raw.entity_names by name
select
    entity_id,
    language,
    name,
    count(distinct document_id) as document_count,
    sum(mention_count)::bigint as mention_count
from document_names
group by entity_id, language, name
order by entity_id, language, name;

delete from raw.entities;

-- A name that no list knows is shown as most documents write it.
insert into raw.entities by name
with written as (
    select
        entity_id,
        arg_max(name, (document_count, mention_count, name)) as name,
        arg_max(name, (document_count, mention_count, name)) filter (
            language in ('en', 'zh') and regexp_matches(name, '[A-Za-z]') and not regexp_matches(name, '[㐀-鿿]')
        ) as name_en,
        arg_max(name, (document_count, mention_count, name)) filter (
            language = 'zh' and regexp_matches(name, '[㐀-鿿]')
        ) as name_zh
    from raw.entity_names
    group by entity_id
),

added_up as (
    select
        entity_id,
        min(kind) as kind,
        count(*) as document_count,
        sum(mention_count)::bigint as mention_count,
        min(published_at) as first_published_at,
        max(published_at) as last_published_at
    from document_entities
    group by entity_id
)

select
    added_up.entity_id,
    added_up.kind,
    coalesce(known.name, written.name_en, written.name_zh, written.name) as name,
    coalesce(known.name_en, written.name_en) as name_en,
    coalesce(known.name_zh, written.name_zh) as name_zh,
    known.entity_id is not null as is_listed,
    added_up.document_count,
    added_up.mention_count,
    added_up.first_published_at,
    added_up.last_published_at
from added_up
inner join written on added_up.entity_id = written.entity_id
left join raw.known_entities as known on added_up.entity_id = known.entity_id
order by added_up.entity_id;

delete from raw.entity_weeks;

insert into raw.entity_weeks by name
with several as (
    select entity_id
    from raw.entities
    where document_count > 1 and kind not in ('date', 'money', 'percentage')
),

first_week as (
    select date_trunc('week', min(published_at))::date as week
    from main.documents
),

weeks as (
    select
        entity_id,
        date_trunc('week', published_at)::date as week,
        count(*) as document_count,
        sum(mention_count)::bigint as mention_count
    from document_entities
    where published_at is not null and entity_id in (select several.entity_id from several)
    group by all
)

select
    weeks.entity_id,
    weeks.week,
    weeks.document_count,
    weeks.mention_count,
    coalesce(sum(weeks.document_count) over (
        partition by weeks.entity_id
        order by weeks.week range between interval 56 days preceding and interval 7 days preceding
    ), 0)::bigint as past_document_count,
    least(8, (weeks.week - first_week.week) // 7) as past_week_count
from weeks
cross join first_week
order by weeks.entity_id, weeks.week;

delete from raw.entity_pairs;

insert into raw.entity_pairs by name
with frequent as (
    select
        entity_id,
        row_number() over (order by document_count desc, entity_id asc) as place
    from raw.entities
    where kind in ('person', 'organisation', 'place') and document_count > 1
    qualify place <= 2000
),

placed as (
    select
        document_entities.document_id,
        frequent.place
    from document_entities
    inner join frequent on document_entities.entity_id = frequent.entity_id
),

pairs as (
    select
        one.place,
        other.place as other_place,
        count(*) as document_count
    from placed as one
    inner join placed as other on one.document_id = other.document_id and one.place < other.place
    group by one.place, other.place
    having count(*) > 1
)

select
    one.entity_id,
    other.entity_id as other_entity_id,
    pairs.document_count
from pairs
inner join frequent as one on pairs.place = one.place
inner join frequent as other on pairs.other_place = other.place
order by pairs.document_count desc, one.entity_id, other.entity_id;

drop table document_names;
drop table document_entities;
