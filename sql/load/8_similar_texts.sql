-- Which contents may be alike: those whose signatures agree in one of 16 bands of four numbers. Only bands of contents
-- that came or went are worked out again. Of a band that many share (a template), each is paired with the least only.
create or replace temp macro band_of(signature, band) as
(
    (signature[band * 4 + 1]::uhugeint << 96)
    | (signature[band * 4 + 2]::uhugeint << 64)
    | (signature[band * 4 + 3]::uhugeint << 32)
    | signature[band * 4 + 4]::uhugeint
);

create or replace temp table changed_bands as
with changed_contents as (
    select content_id
    from entered_documents
    union
    select content_id
    from left_documents
)

select distinct band_of(signatures.signature, bands.number) as band
from changed_contents
inner join raw.content_signatures as signatures on changed_contents.content_id = signatures.content_id
cross join range(16) as bands (number);

create or replace temp table band_members as
with current_signatures as (
    select
        content_id,
        signature
    from raw.content_signatures
    where
        content_id in (select versions.content_id from raw.versions where versions.valid_to is null) -- noqa: LT14
        and exists (from changed_bands)
),

bands as (
    select
        signatures.content_id,
        band_of(signatures.signature, bands.number) as band
    from current_signatures as signatures
    cross join range(16) as bands (number)
)

select
    bands.content_id,
    bands.band,
    count(*) over (partition by bands.band) as members,
    min(bands.content_id) over (partition by bands.band) as least
from bands
inner join changed_bands on bands.band = changed_bands.band
qualify members > 1;

delete from raw.similar_texts
where band in (select changed_bands.band from changed_bands);

insert into raw.similar_texts by name
with candidates as (
    select
        one.band,
        one.content_id,
        other.content_id as other_content_id
    from band_members as one
    inner join band_members as other on one.band = other.band and one.content_id < other.content_id
    where one.members <= 20 or one.content_id = one.least
),

pairs as (
    select distinct
        content_id,
        other_content_id
    from candidates
),

compared as (
    select
        pairs.content_id,
        pairs.other_content_id,
        list_sum(
            list_transform(
                list_zip(one.signature, other.signature),
                lambda numbers: (numbers[1] = numbers[2])::int -- noqa: RF02
            )
        ) / 64 as similarity
    from pairs
    inner join raw.content_signatures as one on pairs.content_id = one.content_id
    inner join raw.content_signatures as other on pairs.other_content_id = other.content_id
)

select
    candidates.band,
    candidates.content_id,
    candidates.other_content_id,
    compared.similarity
from candidates
inner join compared
    on candidates.content_id = compared.content_id and candidates.other_content_id = compared.other_content_id
where compared.similarity >= 0.5;
