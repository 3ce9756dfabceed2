-- Every path of a source stands in the index once.
-- severity: error
select
    source,
    path,
    count(*) as entries
from raw.files
group by source, path
having count(*) > 1;
