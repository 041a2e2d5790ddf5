-- Who works here.

create table agent (
  id uuid primary key,
  sign_in text not null,
  name text not null,
  role text not null check (role in ('agent', 'supervisor', 'administrator', 'auditor')),
  password text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index agent_sign_in on agent (lower(sign_in));

create table session (
  token bytea primary key,
  agent_id uuid not null references agent,
  csrf text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_agent on session (agent_id);

-- Failed tries by sign-in name and by network address, for the lock-out.
create table sign_in_failure (
  id uuid primary key,
  key text not null,
  at timestamptz not null
);
create index sign_in_failure_key on sign_in_failure (key, at);
create index sign_in_failure_at on sign_in_failure (at);
