-- What a customer chose, and how a person's words leave this house again.

-- How a customer wants to be reached: one holds, the others held before. `content` is the JSON of the choices.
create table choice (
  id uuid primary key,
  customer_id uuid not null references customer,
  content bytea not null,
  said_at timestamptz not null,
  said_by text not null check (said_by in ('agent', 'customer')),
  agent_id uuid references agent,
  how text not null default '',
  ended_at timestamptz
);
create unique index choice_holds on choice (customer_id) where ended_at is null;
create index choice_customer on choice (customer_id, said_at desc);

-- Replies against a choice that somebody tried to send, by day: a figure that is not counted.
create table choice_refusal (
  day date primary key,
  refused int not null
);

-- Links to the page where a customer chooses. Only hashes: of the link, and of what its page carries once opened.
create table choice_link (
  link bytea primary key,
  customer_id uuid not null references customer,
  expires_at timestamptz not null,
  opened_at timestamptz,
  page bytea unique,
  page_until timestamptz
);
create index choice_link_customer on choice_link (customer_id);
create index choice_link_expires on choice_link (expires_at);

-- What is gone, and when. `sealed_at`: its original holds a card number, and is given to nobody.
alter table customer add column erased_at timestamptz;
alter table interaction add column erased_at timestamptz;
alter table journal add column sealed_at timestamptz;
create index journal_sealed on journal (sealed_at) where sealed_at is not null;
alter table inbox add column keep_days int check (keep_days > 0);

-- A signal that stood in no story when it was erased: it came, and is counted.
create table erased_signal (
  signal_id uuid primary key,
  inbox_id uuid not null,
  received_at timestamptz not null
);
create index erased_signal_received on erased_signal using brin (received_at);

-- Tombstones: what was erased, so that a restored backup or a second delivery does not bring it back.
-- `keys` are HMACs of the addresses; the names in `seen` and `shop_customer` are HMACs of their own.
create table erasure (
  id uuid primary key,
  at timestamptz not null,
  agent_id uuid references agent,
  customer_ids uuid[] not null,
  keys text[] not null default '{}',
  seen text[] not null default '{}'
);
create table erasure_key (
  only_row boolean primary key default true check (only_row),
  key bytea not null
);
insert into erasure_key (key) select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
