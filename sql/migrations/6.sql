-- From schema 5 to 6: the table of citations, which sql/raw makes where it is missing and each build fills.
select 1;
