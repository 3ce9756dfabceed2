-- Documents were published after 1900 and not more than a year ahead.
-- severity: warning
select
    path,
    published_at,
    published_raw
from main.documents
where published_at < '1900-01-01'::timestamptz or published_at > updated_at + interval 1 year;
