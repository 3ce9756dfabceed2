-- One row per column of the objects that analysts query, in the order of the objects' names and of the columns.
select
    columns.schema_name as schema,
    columns.table_name as name,
    views.comment as object_comment,
    columns.column_name,
    columns.data_type,
    columns.comment
from duckdb_columns() as columns
inner join duckdb_views() as views
    on
        columns.database_name = views.database_name
        and columns.schema_name = views.schema_name
        and columns.table_name = views.view_name
where columns.schema_name in ('main', 'report') and not views.internal
order by columns.schema_name, columns.table_name, columns.column_index;
