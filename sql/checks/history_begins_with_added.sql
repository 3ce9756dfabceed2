-- A document's first interval is `added`, and no later one is.
-- severity: error
select
    document_id,
    arg_min(path, (valid_from, run_id)) as path,
    arg_min(change, (valid_from, run_id)) as first_change,
    count(*) filter (where change = 'added') as times_added
from raw.versions
group by document_id
having arg_min(change, (valid_from, run_id)) <> 'added' or count(*) filter (where change = 'added') <> 1;
