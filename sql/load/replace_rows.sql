-- One table's rows of the contents that were derived again; run once per table, with its names filled in.
-- What decoding said of a file cannot be told from its stored text, so it stays.
delete from raw.{{ target }} as stored
where
    stored.content_id in (select derived.content_id::uuid from read_parquet(getvariable('contents_files')) as derived)
    and {{ condition }};

insert into raw.{{ target }} by name
select * replace (content_id::uuid as content_id)
from read_parquet(getvariable('{{ table }}_files'));
