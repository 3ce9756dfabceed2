-- From schema 3 to 4: the tables of entities, which all files of sql/raw make where they are missing.
-- The next build with entities fills them from the stored texts.
delete from raw.derivations
where family = 'entities';
