-- From schema 6 to 7: the table of documents, which sql/raw makes where it is missing and each build fills.
drop macro if exists raw.title_of;
drop macro if exists raw.published_at_of;
