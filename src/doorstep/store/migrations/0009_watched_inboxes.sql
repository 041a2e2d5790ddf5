-- Inboxes that are watched elsewhere: how it goes, what was consented to, and who is being asked.

-- What the node that watches an inbox last said of it.
create table inbox_contact (
  inbox_id uuid primary key references inbox,
  is_connected boolean not null,
  needs_consent boolean not null default false,
  detail text not null default '',
  since timestamptz not null default now()
);

-- What came of a consent: tokens. Never in the settings, which are shown; never in an answer of the API.
create table inbox_secret (
  inbox_id uuid primary key references inbox,
  value bytea not null,
  connected_at timestamptz not null default now()
);

-- A question that somebody was sent elsewhere with. It is answered once, by who asked, and soon.
create table consent_request (
  state bytea primary key,
  inbox_id uuid not null references inbox,
  session bytea not null,
  back text not null,
  kept text not null,
  asked_at timestamptz not null
);
create index consent_request_asked_at on consent_request (asked_at);
