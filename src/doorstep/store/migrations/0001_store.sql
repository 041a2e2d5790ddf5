-- The store itself: the way in, the events, the work. See ARCHITECTURE.md, "The one path".

create extension if not exists pg_trgm;

create table queue (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);

-- Counters are sums of deltas, folded each second: never one hot row, never a count(*).
create table queue_count (
  queue_id uuid primary key references queue,
  waiting bigint not null default 0
);
create table queue_delta (
  id uuid primary key,
  queue_id uuid not null references queue,
  waiting int not null
);

create table inbox (
  id uuid primary key,
  channel text not null,
  name text not null,
  address text not null,
  settings jsonb not null default '{}',
  queue_id uuid not null references queue,
  reply_within interval not null default '4 hours',
  created_at timestamptz not null default now(),
  unique (channel, address)
);
create index inbox_address on inbox (address);
create table checkpoint (
  inbox_id uuid primary key references inbox,
  value text not null,
  at timestamptz not null default now()
);

-- One line for each thing an inbox was ever given: what makes redelivery harmless.
create table seen (
  inbox_id uuid not null,
  external_id text collate "C" not null,
  signal_id uuid not null,
  primary key (inbox_id, external_id)
);
create table journal (
  id uuid not null,
  received_at timestamptz not null,
  inbox_id uuid not null,
  channel text not null,
  signal bytea not null,
  raw bytea,
  raw_file text,
  primary key (id, received_at)
) partition by range (received_at);
create table journal_rest partition of journal default;
create index journal_received_at on journal using brin (received_at);

create table reading (
  signal_id uuid not null,
  name text not null,
  id uuid not null unique,
  received_at timestamptz not null default now(),
  content bytea not null,
  primary key (signal_id, name)
);

-- What the spine has still to do. A claim is owner and until; a row leaves in the transaction of its work.
create table work (
  id uuid primary key,
  signal_id uuid not null,
  received_at timestamptz not null,
  lane int not null,
  priority smallint not null,
  due_at timestamptz not null,
  tries smallint not null default 0,
  deaths smallint not null default 0,
  owner uuid,
  until timestamptz,
  is_reading boolean not null default false
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index work_free on work (priority, id) where owner is null;
create index work_lane on work (lane);
create index work_held on work (lane) where owner is not null;
create table undelivered (
  id uuid primary key,
  signal_id uuid not null,
  received_at timestamptz not null,
  inbox_id uuid not null,
  channel text not null,
  lane int not null,
  priority smallint not null,
  is_reading boolean not null,
  tries int not null,
  failed_at timestamptz not null default now(),
  error text not null
);

-- Events carry ids, never content. A transaction writes to the outbox; the sequencer moves what is
-- committed to event and numbers it there, so that a number is never seen after a greater one.
create table outbox (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  customer_id uuid,
  conversation_id uuid,
  subject_id uuid,
  actor_id uuid,
  data jsonb not null default '{}'
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create table event (
  seq bigint not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  customer_id uuid,
  conversation_id uuid,
  subject_id uuid,
  actor_id uuid,
  data jsonb not null,
  primary key (seq, at)
) partition by range (at);
create table event_rest partition of event default;
create index event_at on event using brin (at);
create index event_actor on event (actor_id, seq) where actor_id is not null;
create table event_number (
  only_row boolean primary key default true check (only_row),
  last bigint not null
);
insert into event_number (last) values (0);

create table lease (
  name text primary key,
  owner uuid not null,
  token bigint not null,
  until timestamptz not null
);

create table job (
  id uuid primary key,
  kind text not null,
  key text,
  payload bytea not null,
  due_at timestamptz not null,
  tries smallint not null default 0,
  owner uuid,
  until timestamptz,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index job_due on job (due_at) where owner is null;
create index job_held on job (until) where owner is not null;
create unique index job_key on job (kind, key) where key is not null;
create table dead_job (
  id uuid primary key,
  kind text not null,
  payload bytea not null,
  tries smallint not null,
  created_at timestamptz not null,
  died_at timestamptz not null default now(),
  error text not null
);

-- Who needs which file; a file nobody needs is swept away.
create table file_use (
  sha256 text collate "C" not null,
  owner_id uuid not null,
  primary key (sha256, owner_id)
);
