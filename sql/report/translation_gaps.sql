-- One row per number, percentage or date that one language half of a document states and the other half does not.
-- Values are compared in one spelling (29个国家 and 29 countries, 三分之一 and a third); years count as said by full dates.
-- Halves with over five gaps, and fewer values in common than gaps, say different things: they are left out.
-- key: path, source, found_in, kind, value
create or replace view report.translation_gaps as
with missing as (
    select *
    from raw.content_quantities
    where missing_in is not null
),

gap_counts as (
    select
        content_id,
        count(distinct value) as gaps
    from missing
    group by content_id
),

common_counts as (
    select
        quantities.content_id,
        count(distinct quantities.value) as common
    from raw.content_quantities as quantities
    inner join gap_counts on quantities.content_id = gap_counts.content_id and gap_counts.gaps > 5
    where quantities.missing_in is null
    group by quantities.content_id
),

translations as (
    select gap_counts.content_id
    from gap_counts
    left join common_counts on gap_counts.content_id = common_counts.content_id
    where gap_counts.gaps <= greatest(5, coalesce(common_counts.common, 0))
),

gaps as (
    select
        missing.content_id,
        missing.language as found_in,
        missing.missing_in,
        missing.kind,
        missing.value,
        arg_min(missing.surface, missing.position) as surface,
        arg_min(missing.segment_position, missing.position) as segment_position,
        count(*) as mention_count
    from missing
    semi join translations on missing.content_id = translations.content_id
    group by all
)

select
    documents.source,
    documents.path,
    documents.title,
    gaps.found_in,
    gaps.missing_in,
    gaps.kind,
    gaps.value,
    gaps.surface,
    gaps.mention_count,
    gaps.segment_position
from gaps
inner join raw.documents on gaps.content_id = documents.content_id
order by documents.source, documents.path, gaps.segment_position, gaps.kind, gaps.value, gaps.found_in;

comment on view report.translation_gaps is 'One row per number, percentage or date that one language half of a document states and the other half does not. Values are compared in one spelling (29个国家 and 29 countries, 三分之一 and a third); years count as said by full dates. Halves with over five gaps, and fewer values in common than gaps, say different things: they are left out.';
comment on column report.translation_gaps.source is 'source of the document';
comment on column report.translation_gaps.path is 'its path';
comment on column report.translation_gaps.title is 'its title';
comment on column report.translation_gaps.found_in is 'language of the half that states it';
comment on column report.translation_gaps.missing_in is 'language of the half that does not';
comment on column report.translation_gaps.kind is 'number, percent, date or ordinal';
comment on column report.translation_gaps.value is 'value in one spelling';
comment on column report.translation_gaps.surface is 'as written where it first stands';
comment on column report.translation_gaps.mention_count is 'how often that half states it';
comment on column report.translation_gaps.segment_position is 'segment where it first stands';
