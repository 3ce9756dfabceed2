-- One row per entity and week of publication, against its own past; the last week first.
-- Of entities in two documents or more; usual is the mean of the eight weeks before, as far as the collection reaches back.
create or replace view report.entity_trends as
with beginning as (
    select date_trunc('week', min(first_published_at))::date as week
    from raw.entities
),

compared as (
    select
        weeks.entity_id,
        weeks.week,
        weeks.document_count,
        weeks.mention_count,
        weeks.past_document_count / nullif(least(8, (weeks.week - beginning.week) // 7), 0) as usual_documents
    from raw.entity_weeks as weeks
    cross join beginning
)

select
    compared.week,
    compared.entity_id,
    entities.name,
    entities.kind,
    compared.document_count as documents,
    compared.mention_count as mentions,
    round(compared.usual_documents, 2) as usual_documents,
    round(
        (compared.document_count - compared.usual_documents) / sqrt(compared.usual_documents + 1), 2
    ) as surprise
from compared
inner join raw.entities on compared.entity_id = entities.entity_id
order by
    compared.week desc, surprise desc nulls last, compared.document_count desc,
    compared.mention_count desc, compared.entity_id asc;

comment on view report.entity_trends is 'One row per entity and week of publication, against its own past; the last week first. Of entities in two documents or more; usual is the mean of the eight weeks before, as far as the collection reaches back.';
comment on column report.entity_trends.week is 'Monday of the week, UTC';
comment on column report.entity_trends.entity_id is 'entity';
comment on column report.entity_trends.name is 'name to show';
comment on column report.entity_trends.kind is 'kind of entity';
comment on column report.entity_trends.documents is 'documents of the week that mention it';
comment on column report.entity_trends.mentions is 'mentions in them';
comment on column report.entity_trends.usual_documents is 'documents a week in the eight weeks before; null in the first week of all';
comment on column report.entity_trends.surprise is 'documents above the usual, in square roots of the usual and one: above 2 is news';
