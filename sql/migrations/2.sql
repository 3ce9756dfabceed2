-- From schema 1 to 2: sizes of code, tables, tasks and footnotes; the structure family is derived again to fill them.
alter table raw.contents add column code_block_count bigint;
alter table raw.contents add column code_line_count bigint;
alter table raw.contents add column table_count bigint;
alter table raw.contents add column task_count bigint;
alter table raw.contents add column task_done_count bigint;
alter table raw.contents add column footnote_count bigint;
