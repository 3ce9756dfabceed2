-- No two current documents of a source share a path.
-- severity: error
select
    source,
    path,
    count(*) as documents
from raw.versions
where valid_to is null
group by source, path
having count(*) > 1;
