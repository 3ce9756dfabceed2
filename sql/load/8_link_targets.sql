-- Which document each internal link leads to. A target is tried as a path below the folder of its document, as one below
-- the document itself, as the end of a path (sites add roots such as /docs/ that folders do not have), and by name.
-- When everything was derived again, it is made anew.
delete from raw.link_targets
where getvariable('is_all_new');

create or replace temp macro path_key(path) as
trim(
    regexp_replace(
        regexp_replace(lower(path), '\.(md|mdx|markdown|qmd|txt|html?)$', ''), '(^|/)(index|_index|readme)$', ''
    ),
    '/'
);

-- A path with `.` and `..` worked out, part by part.
create or replace temp macro resolved_path(path) as -- noqa: LT01
array_to_string(
    list_reduce( -- noqa: LT01
        list_prepend([], list_transform(string_split(path, '/'), lambda part: [part])), -- noqa: PRS
        lambda path, part: case
            when part[1] in ('', '.') then path
            when part[1] = '..' then path[:-2]
            else list_concat(path, part)
        end
    ),
    '/'
);

-- The same at a tenth of the time for the many paths that have none of these.
create or replace temp macro plain_path(path) as
case
    when contains(path, '/.') or contains(path, '//') or starts_with(path, '.') then resolved_path(path)
    else trim(path, '/')
end;

create or replace temp macro last_name(key) as
string_split(key, '/')[-1];

-- The key of a document's path; where a file name begins with a date, also the key that blogs serve it under.
create or replace temp macro path_keys(path) as
list_distinct([
    path_key(path),
    regexp_replace(path_key(path), '(^|/)(\d{4})-(\d\d)-(\d\d)-([^/]+)$', '\1\2/\3/\4/\5')
]);

create or replace temp table path_changes as
with places as (
    select
        source,
        path,
        -1 as documents
    from left_documents
    union all
    select
        source,
        path,
        1 as documents
    from entered_documents
),

moved as (
    select
        source,
        path
    from places
    group by source, path
    having sum(documents) <> 0
)

select
    source,
    path,
    unnest(list_transform(path_keys(path), lambda key: last_name(key))) as name
from moved;

delete from raw.link_targets
where (source, base) in (select (path_changes.source, path_changes.path) from path_changes);

create or replace temp table unresolved_links as
with named_targets as (
    select
        source,
        base,
        url,
        unnest(names) as name
    from raw.link_targets
),

entered_links as (
    select distinct
        entered.source,
        case when links.kind = 'wiki' or links.url like '/%' then '' else entered.path end as base,
        links.url
    from entered_documents as entered
    inner join raw.content_links as links on entered.content_id = links.content_id
    where links.kind in ('internal', 'wiki') and links.url not like '#%'
)

-- A link that was resolved before leads where it led, unless a path of its name came or went.
select
    links.source,
    links.base,
    links.url
from entered_links as links
left join raw.link_targets as known
    on links.source = known.source and links.base = known.base and links.url = known.url
where known.url is null
union
select
    source,
    base,
    url
from named_targets
where (source, name) in (select (path_changes.source, path_changes.name) from path_changes);

create or replace temp table link_candidates as
with cleaned as (
    select
        *,
        -- What does not decode to text is taken as written.
        coalesce(
            try(url_decode(regexp_replace(url, '[?#].*$', ''))), regexp_replace(url, '[?#].*$', '')
        ) as target,
        url not like '/%' and base <> '' as is_relative
    from unresolved_links
)

select
    source,
    base,
    url,
    url like '/%' as is_rooted,
    base = '' and url not like '/%' as is_wiki,
    case
        when target = '' then path_key(base)
        when is_relative then path_key(plain_path(regexp_replace(base, '[^/]*$', '') || target))
        else path_key(plain_path(target))
    end as wanted,
    case
        when is_relative and target <> '' then path_key(plain_path(path_key(base) || '/' || target))
    end as wanted_below
from cleaned;

create or replace temp table document_keys as
with paths as (
    select
        versions.source,
        versions.path,
        versions.document_id,
        unnest(path_keys(versions.path)) as key
    from raw.versions
    where versions.valid_to is null and exists (from link_candidates)
)

select
    *,
    last_name(key) as name
from paths;

create or replace temp table ranked_targets as
with sought as (
    select
        source,
        last_name(wanted) as name
    from link_candidates
    where is_rooted
),

ends as (
    select
        source,
        document_id,
        unnest(
            list_transform(range(1, len(folders) + 1), lambda place: array_to_string(folders[place:], '/'))
        ) as suffix
    from (
        select
            keys.source,
            keys.document_id,
            string_split(keys.key, '/') as folders
        from document_keys as keys
        where (keys.source, keys.name) in (select (sought.source, sought.name) from sought) and keys.key <> ''
    ) as sought_keys
),

suffixes as (
    select
        source,
        suffix,
        min(document_id) as document_id
    from ends
    group by source, suffix
    having min(document_id) = max(document_id)
),

rooted as (
    select
        links.source,
        links.base,
        links.url,
        left_out.kept * 4 + left_out.until as order_of_trial,
        array_to_string(links.folders[:left_out.kept] || links.folders[left_out.until + 1:], '/') as wanted
    from (
        select
            source,
            base,
            url,
            string_split(wanted, '/') as folders
        from link_candidates
        where is_rooted
    ) as links
    -- As it stands, without up to three first folders, without the second: sites add languages and sections.
    cross join (values (0, 0), (0, 1), (0, 2), (0, 3), (1, 2)) as left_out (kept, until)
)

select
    links.source,
    links.base,
    links.url,
    keys.document_id,
    keys.path,
    0 as rank
from link_candidates as links
inner join document_keys as keys on links.source = keys.source and links.wanted = keys.key
union all
select
    links.source,
    links.base,
    links.url,
    keys.document_id,
    keys.path,
    1 as rank
from link_candidates as links
inner join document_keys as keys on links.source = keys.source and links.wanted_below = keys.key
union all
select
    rooted.source,
    rooted.base,
    rooted.url,
    suffixes.document_id,
    '' as path,
    2 + rooted.order_of_trial as rank
from rooted
inner join suffixes on rooted.source = suffixes.source and rooted.wanted = suffixes.suffix
where rooted.wanted like '%/%' or rooted.order_of_trial = 0
union all
select
    links.source,
    links.base,
    links.url,
    keys.document_id,
    keys.path,
    9 as rank
from link_candidates as links
inner join document_keys as keys on links.source = keys.source and last_name(links.wanted) = keys.name
where links.is_wiki;

delete from raw.link_targets
where (source, base, url) in (select (links.source, links.base, links.url) from unresolved_links as links);

insert into raw.link_targets by name
select
    links.source,
    links.base,
    links.url,
    list_distinct([last_name(links.wanted), last_name(coalesce(links.wanted_below, links.wanted))]) as names,
    arg_min(ranked.document_id, (ranked.rank, ranked.path)) as target_document_id
from link_candidates as links
left join ranked_targets as ranked
    on links.source = ranked.source and links.base = ranked.base and links.url = ranked.url
group by all;
