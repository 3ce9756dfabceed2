-- A path that was rejected says why.
-- severity: error
select
    files.source,
    files.path
from raw.files
anti join main.problems on files.source = problems.source and files.path = problems.path
where files.status = 'rejected';
