-- Report views with their comments, one row per column, in the order of the columns.
select
    views.schema_name || '.' || views.view_name as view,
    coalesce(views.comment, '') as comment,
    columns.column_name,
    columns.data_type,
    coalesce(columns.comment, '') as column_comment
from duckdb_views() as views
inner join duckdb_columns() as columns
    on views.schema_name = columns.schema_name and views.view_name = columns.table_name
where views.schema_name = 'report' and not views.internal
order by views.view_name, columns.column_index;
