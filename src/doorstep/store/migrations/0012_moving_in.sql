-- Moving in: what people bring from elsewhere, how far it is taken, and what of it was not.

create table import (
  id uuid primary key,
  inbox_id uuid not null references inbox,
  name text not null,
  paths text[] not null,
  is_uploaded boolean not null,
  ours text[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  fingerprint text not null default '',
  total int,
  place int not null default 0,
  taken int not null default 0,
  known int not null default 0,
  refused int not null default 0,
  error text not null default '',
  agent_id uuid references agent,
  created_at timestamptz not null default now(),
  began_at timestamptz,
  began_place int not null default 0,
  ended_at timestamptz
);
create index import_unfinished on import (id) where state in ('waiting', 'running');

create table import_refusal (
  import_id uuid not null references import on delete cascade,
  place int not null,
  found_at text not null,
  message_id text not null,
  reason text not null,
  primary key (import_id, place)
);
