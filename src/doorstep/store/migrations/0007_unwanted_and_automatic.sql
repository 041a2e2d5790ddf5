-- What nobody asked for, what is answered by itself, and whose pictures may be loaded.

-- A signal that waits beside the queue. `state`: held, confirmed as unwanted, or erased. What stood in a story
-- before somebody marked it is in `line`, with how its conversation stood in `stood`.
create table quarantine (
  id uuid primary key,
  signal_id uuid not null unique,
  received_at timestamptz not null,
  inbox_id uuid not null,
  channel text not null,
  lane int not null,
  priority smallint not null,
  held_at timestamptz not null,
  state text not null default 'held' check (state in ('held', 'confirmed', 'erased')),
  reason text not null,
  sender_kind text not null,
  sender_value text collate "C" not null,
  sender_name text not null,
  subject text not null,
  beginning text not null,
  was_learnt boolean not null default false,
  line jsonb,
  stood jsonb
);
create index quarantine_held on quarantine (id) where state = 'held';
create index quarantine_kept on quarantine (held_at) where state <> 'erased';
create index quarantine_received on quarantine using brin (received_at);

-- Whom an inbox trusts and whom it does not: an address, or a domain as `@shop.example`.
create table sender_rule (
  inbox_id uuid not null,
  pattern text collate "C" not null,
  is_trusted boolean not null,
  at timestamptz not null default now(),
  primary key (inbox_id, pattern)
);

-- What an inbox learnt: of how many mails, and in how many of them a word was. Words are numbers here.
create table learnt (
  inbox_id uuid primary key,
  unwanted int not null,
  wanted int not null
);
create table learnt_word (
  inbox_id uuid not null,
  word int not null,
  unwanted int not null,
  wanted int not null,
  primary key (inbox_id, word)
);

-- What an inbox answers by itself: JSON of the words and the calendar; no row, nothing.
create table automatic_answers (
  inbox_id uuid primary key references inbox,
  content bytea not null
);
-- The last answer of ours to a sender that nobody here wrote; who comes second within a day, sends none.
create table automatic_answer (
  kind text not null,
  value text collate "C" not null,
  sent_at timestamptz not null,
  primary key (kind, value)
);

-- Senders whose pictures are loaded from wherever they lie.
create table picture_sender (
  kind text not null,
  value text collate "C" not null,
  agent_id uuid,
  at timestamptz not null default now(),
  primary key (kind, value)
);
