-- Every content is read once per profile.
-- severity: error
select
    content_id,
    profile_id,
    count(*) as copies
from raw.content_metadata
group by content_id, profile_id
having count(*) > 1;
