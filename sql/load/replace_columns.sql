-- The columns of contents that families derived again make; the assignments are filled in.
update raw.contents
set {{ assignments }}
from read_parquet(getvariable('contents_files')) as derived
where contents.content_id = derived.content_id::uuid;
