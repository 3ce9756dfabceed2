-- From schema 4 to 5: sources that are no folders. Rows of folders have no fingerprint.
alter table raw.files add column if not exists fingerprint varchar;
update raw.files set fingerprint = '';
alter table raw.sources add column if not exists revision varchar;
