-- Every content is stored once.
-- severity: error
select
    content_id,
    count(*) as copies
from raw.contents
group by content_id
having count(*) > 1;
