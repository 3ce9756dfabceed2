-- One row per source.
create or replace view report.sources as
select
    source,
    count(*) as documents,
    sum(word_count) as words,
    min(published_at) as first_published_at,
    max(published_at) as last_published_at,
    max(updated_at) as last_updated_at
from main.documents
group by source
order by source;

comment on view report.sources is 'One row per source.';
comment on column report.sources.source is 'source';
comment on column report.sources.documents is 'current documents';
comment on column report.sources.words is 'their words';
comment on column report.sources.first_published_at is 'earliest publication';
comment on column report.sources.last_published_at is 'latest publication';
comment on column report.sources.last_updated_at is 'when a document last changed';
