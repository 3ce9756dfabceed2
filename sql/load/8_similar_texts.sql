-- Which contents may be alike: those whose signatures agree in one of 16 bands of four numbers. Only bands of contents
-- that came or went are worked out again. Of a band that many share (a template), each is paired with the least only.
-- When everything was derived again, it is made anew.
delete from raw.similar_texts
where getvariable('is_all_new');

create or replace temp macro number_of(signature, place) as
((signature[place + 1]::ubigint << 32) | signature[place + 2]::ubigint)::uhugeint;

create or replace temp macro band_of(signature, band) as
((number_of(signature, band * 4) << 64) | number_of(signature, band * 4 + 2));

create or replace temp macro bands_of(signature) as
[
    band_of(signature, 0), band_of(signature, 1), band_of(signature, 2), band_of(signature, 3),
    band_of(signature, 4), band_of(signature, 5), band_of(signature, 6), band_of(signature, 7),
    band_of(signature, 8), band_of(signature, 9), band_of(signature, 10), band_of(signature, 11),
    band_of(signature, 12), band_of(signature, 13), band_of(signature, 14), band_of(signature, 15)
];

create or replace temp table changed_contents as
select content_id
from entered_documents
union
select content_id
from left_documents;

-- When nothing was there before, every band is new: they need not be told apart.
set variable is_every_band_new = (
    select not exists (from left_documents) and not exists (from raw.similar_texts)
);

create or replace temp table changed_bands as
with bands as (
    select unnest(bands_of(signatures.signature)) as band
    from raw.content_signatures as signatures
    where
        signatures.content_id in (select changed_contents.content_id from changed_contents)
        and not getvariable('is_every_band_new')
)

select distinct band
from bands;

-- Bands that several share are few: they are found first, and then who is in them.
create or replace temp table band_members as
with bands as not materialized (
    select
        content_id,
        unnest(bands_of(signature)) as band
    from raw.content_signatures
    where
        content_id in (select versions.content_id from raw.versions where versions.valid_to is null) -- noqa: LT14
        and exists (from changed_contents)
),

shared_bands as (
    select
        band,
        count(*) as members,
        min(content_id) as least
    from bands
    where getvariable('is_every_band_new') or band in (select changed_bands.band from changed_bands)
    group by band
    having count(*) > 1
)

select
    bands.content_id,
    bands.band,
    shared_bands.members,
    shared_bands.least
from bands
inner join shared_bands on bands.band = shared_bands.band;

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
