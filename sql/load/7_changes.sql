-- Which documents left the present and which entered it in this run; an edited or renamed document does both.
-- When everything was derived again, nothing that is kept up to date from run to run can be: it is made anew.
delete from raw.link_targets
where getvariable('is_all_new');
delete from raw.term_documents
where getvariable('is_all_new');
delete from raw.similar_texts
where getvariable('is_all_new');
delete from raw.story_pairs
where getvariable('is_all_new');

create or replace temp table left_documents as
select
    document_id,
    source,
    path,
    path_date,
    content_id
from current_versions
where document_id in (select opened_versions.document_id from opened_versions) and not getvariable('is_all_new');

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
    and (getvariable('is_all_new') or document_id in (select opened_versions.document_id from opened_versions));
