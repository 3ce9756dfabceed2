-- Which documents left the present and which entered it in this run; an edited or renamed document does both.
-- When everything was derived again, all of them entered: what is kept up to date from run to run is made anew.
create or replace temp table opened_documents as
select document_id
from raw.versions
where run_id = getvariable('run_id');

create or replace temp table left_documents as
select
    document_id,
    source,
    path,
    path_date,
    content_id
from current_versions
where document_id in (select opened_documents.document_id from opened_documents) and not getvariable('is_all_new');

create or replace temp table entered_documents as
select
    document_id,
    source,
    path,
    path_date,
    content_id
from raw.versions
where
    valid_to is null
    and (getvariable('is_all_new') or document_id in (select opened_documents.document_id from opened_documents));
