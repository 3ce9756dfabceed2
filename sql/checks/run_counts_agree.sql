-- The last run counted the documents there are.
-- severity: error
with last_run as (
    select
        run_id,
        documents
    from raw.runs
    order by run_id desc
    limit 1
),

current_documents as (
    select count(*) as documents
    from main.documents
)

select
    last_run.run_id,
    last_run.documents,
    current_documents.documents as current_documents
from last_run
cross join current_documents
where last_run.documents <> current_documents.documents;
