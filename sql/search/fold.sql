-- Puts the texts that were cut into words in the place of those as written.
update texts
set
    title = folded_texts.title,
    tags = folded_texts.tags,
    body = folded_texts.body
from folded_texts
where texts.rowid = folded_texts.row_number;

alter table texts drop column is_foreign;
