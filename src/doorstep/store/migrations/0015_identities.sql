-- Who somebody is, how we know, and what is only likely. Links lie over this (docs/decisions/0007).

-- What speaks for an identity being its customer's, in words; and when its channel first vouched for it.
alter table identity
  add column reasons jsonb not null default '[]',
  add column attested_at timestamptz;

-- Who else uses an address beside the customer whose identity it is: a household's line, a couple's mailbox,
-- a number that changed hands. An address with holders leads to nobody by itself. No foreign keys: the spine
-- writes here (docs/decisions/0003).
create table holder (
  kind text not null,
  value text collate "C" not null,
  customer_id uuid not null,
  name text not null default '',
  evidence text not null,
  since timestamptz not null default now(),
  primary key (kind, value, customer_id)
);
create index holder_customer on holder (customer_id);

-- What one source says of somebody, as it said it last, and the words under which it meets what others say.
create table description (
  id uuid primary key,
  customer_id uuid not null,
  source text not null,
  external_id text collate "C" not null,
  said jsonb not null,
  described_at timestamptz not null default now(),
  unique (source, external_id)
);
create index description_customer on description (customer_id);
create table block (
  word text collate "C" not null,
  description_id uuid not null,
  customer_id uuid not null,
  primary key (word, description_id)
);
create index block_description on block (description_id);

-- Two customers that may be one person: how much speaks for it, and what. Refused once, it is never asked again.
create table possible_match (
  one_id uuid not null,
  other_id uuid not null,
  score real not null,
  confidence real not null,
  reasons jsonb not null,
  found_at timestamptz not null default now(),
  refused_at timestamptz,
  refused_by uuid references agent,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index possible_match_other on possible_match (other_id);

-- Why an arrival was given to whom it was given, where its address alone did not say it.
create table recognised (
  interaction_id uuid primary key,
  customer_id uuid not null,
  confidence real not null,
  reasons jsonb not null,
  is_question boolean not null
);

-- How far the look for possible matches has come: the last customer it has seen.
create table looked_for_matches (
  only_row boolean primary key default true check (only_row),
  last uuid not null default '00000000-0000-0000-0000-000000000000'
);
insert into looked_for_matches default values;

alter table sales_order add column bill_to jsonb not null default '{}';
