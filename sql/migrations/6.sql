-- From schema 5 to 6: the tables of the link graph, which sql/raw makes where they are missing and each build fills.
select 1;
