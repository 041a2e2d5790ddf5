-- What stands behind a reply, what is not sent yet, what is ready to be said, and who is writing.

-- Beside the words, which are in interaction: what only whoever sends it needs.
create table reply (
  id uuid primary key references interaction on delete cascade,
  mode text not null check (mode in ('reply', 'forward')),
  bcc bytea not null default '[]',
  of_id uuid,
  signature text not null default '',
  acts text[] not null default '{}'
);

-- One for each agent and conversation. `recipients` is the JSON of (to, cc, bcc).
create table draft (
  id uuid primary key,
  conversation_id uuid not null references conversation,
  agent_id uuid not null references agent,
  mode text not null check (mode in ('reply', 'note', 'forward')),
  recipients bytea not null default '[[],[],[]]',
  subject text not null default '',
  html text not null default '',
  text text not null default '',
  of_id uuid,
  version int not null,
  changed_at timestamptz not null,
  unique (agent_id, conversation_id)
);
create index draft_conversation on draft (conversation_id);

-- Files of a draft, until they are those of the reply it became; they keep their ids.
create table draft_attachment (
  id uuid primary key,
  draft_id uuid not null references draft on delete cascade,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text collate "C" not null,
  content_id text not null default '',
  inline boolean not null default false
);
create index draft_attachment_draft on draft_attachment (draft_id, id);

-- Who looks at a conversation or writes in it. After a crash of the server they say it again.
create unlogged table presence (
  conversation_id uuid not null,
  agent_id uuid not null,
  writing boolean not null,
  seen_at timestamptz not null,
  primary key (conversation_id, agent_id)
);
create index presence_seen_at on presence (seen_at);

-- What stands under replies of an inbox: everybody's, and what an agent has instead.
create table signature (
  inbox_id uuid not null references inbox,
  agent_id uuid references agent,
  html text not null,
  unique nulls not distinct (inbox_id, agent_id)
);

-- Words that are ready to be said, and what is done when they are sent. Without a queue they are for all.
create table macro (
  id uuid primary key,
  name text not null,
  folder text not null default '',
  html text not null,
  queue_id uuid references queue,
  acts text[] not null default '{}',
  uses int not null default 0,
  changed_at timestamptz not null
);
create index macro_name on macro (lower(folder), lower(name), id);

-- Somebody was named in a note.
create table mention (
  id uuid primary key,
  interaction_id uuid not null references interaction on delete cascade,
  agent_id uuid not null references agent,
  by_id uuid not null references agent,
  seen_at timestamptz,
  unique (interaction_id, agent_id)
);
create index mention_agent on mention (agent_id, id desc);
create index mention_unseen on mention (agent_id, id desc) where seen_at is null;
