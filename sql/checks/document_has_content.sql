-- Every interval of the history points at a stored content.
-- severity: error
select
    document_id,
    path,
    content_id
from raw.versions
where content_id not in (select contents.content_id from raw.contents);
