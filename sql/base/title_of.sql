-- A document's title: what its front matter says, else its first heading, else its file's name.
create or replace macro raw.title_of(stated_title, first_heading, path) as
coalesce(stated_title, first_heading, regexp_replace(parse_filename(path), '(.)\.[^.]*$', '\1'));

comment on macro raw.title_of is 'What a document is called: what its front matter says, else its first heading, else its file''s name.'; -- noqa: PRS
