-- One row per content with enough text: its MinHash signature.
-- The share of places in which two signatures agree estimates how alike the texts are.
create table if not exists raw.content_signatures (
    content_id uuid not null,
    signature uinteger[]
);

comment on table raw.content_signatures is 'One row per content with enough text: its MinHash signature. The share of places in which two signatures agree estimates how alike the texts are.';
comment on column raw.content_signatures.content_id is 'content';
comment on column raw.content_signatures.signature is '64 numbers';
