-- Customers, what they say, and where it belongs.

create table customer (
  id uuid primary key,
  name text not null default '',
  city text not null default '',
  country text not null default '',
  language text not null default '',
  created_at timestamptz not null default now()
);
create index customer_name on customer using gin (name gin_trgm_ops);

-- No foreign keys on the hot path (docs/decisions/0003): only the spine writes here, and a test looks for orphans.
create table identity (
  id uuid primary key,
  kind text not null,
  value text collate "C" not null,
  name text not null default '',
  customer_id uuid not null,
  evidence text not null,
  linked_at timestamptz not null default now(),
  unique (kind, value)
);
create index identity_customer on identity (customer_id);

create table conversation (
  id uuid primary key,
  customer_id uuid not null,
  inbox_id uuid not null,
  queue_id uuid not null,
  channel text not null,
  matter text not null,
  state text not null check (state in ('open', 'waiting', 'resolved')),
  agent_id uuid,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  due_at timestamptz,
  unread boolean not null default true,
  interactions int not null default 0,
  version int not null default 0
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index conversation_customer on conversation (customer_id, last_at desc);
create index conversation_open on conversation ((coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is null;
create index conversation_taken on conversation ((coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is not null;
create index conversation_agent on conversation (agent_id, (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is not null;
create index conversation_rest on conversation (state, last_at desc, id desc) where state <> 'open';
create index conversation_rest_of on conversation (agent_id, state, last_at desc, id desc)
  where state <> 'open' and agent_id is not null;
create index conversation_rest_nobodys on conversation (state, last_at desc, id desc)
  where state <> 'open' and agent_id is null;

-- How a conversation stood before the last thing somebody here did to it: what undo restores, exactly. It
-- holds for the one version it led to.
create table stood_before (
  conversation_id uuid primary key,
  reply_id uuid,
  version int not null,
  state text not null,
  agent_id uuid,
  unread boolean not null,
  last_at timestamptz not null,
  due_at timestamptz
);

create table interaction (
  id uuid primary key,
  customer_id uuid not null,
  identity_id uuid,
  conversation_id uuid not null,
  inbox_id uuid not null,
  channel text not null,
  direction text not null check (direction in ('in', 'out', 'note')),
  kind text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  subject text not null default '',
  text text not null,
  html text not null default '',
  message_id text collate "C" not null default '',
  recipients bytea not null default '[]',
  attested bytea not null default '{}',
  agent_id uuid,
  delivery text not null default '',
  delivery_detail text not null default '',
  send_at timestamptz,
  -- What makes it the same message, whichever inbox it came by; none for a message without a name.
  once uuid,
  words tsvector generated always as (to_tsvector('simple', left(subject || ' ' || text, 100000))) stored
) with (autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);
create index interaction_story on interaction (customer_id, happened_at desc, id desc);
create index interaction_conversation on interaction (conversation_id, happened_at, id);
create index interaction_name on interaction (message_id, inbox_id, id) where message_id <> '';
create unique index interaction_once on interaction (once) where once is not null;
create index interaction_received on interaction using brin (received_at);
create index interaction_words on interaction using gin (words);

-- What arrived and is no line of its own from the customer: by which line it stands, and the inbox it came to.
create table copy (
  signal_id uuid primary key,
  interaction_id uuid not null,
  inbox_id uuid not null,
  received_at timestamptz not null
);
create index copy_interaction on copy (interaction_id);
create index copy_received on copy using brin (received_at);

create table attachment (
  id uuid primary key,
  interaction_id uuid not null references interaction on delete cascade,
  position smallint not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text collate "C" not null,
  content_id text not null default '',
  inline boolean not null default false
);
create index attachment_interaction on attachment (interaction_id, position);

-- The names of messages that a customer answered before we knew them.
create table awaited_name (
  name text collate "C" not null,
  customer_id uuid not null,
  conversation_id uuid not null,
  primary key (name, customer_id)
);

-- What the tokens in our addresses are sealed with. Whoever has it can write into any conversation.
create table token_key (
  only_row boolean primary key default true check (only_row),
  key bytea not null
);
insert into token_key (key) select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- What somebody here did to a conversation: a record for each change of state, a line in the story.
create table action (
  id uuid primary key,
  customer_id uuid not null references customer,
  conversation_id uuid not null references conversation,
  agent_id uuid references agent,
  happened_at timestamptz not null,
  verb text not null,
  detail text not null default ''
);
create index action_story on action (customer_id, happened_at desc, id desc);
create index action_conversation on action (conversation_id);
