-- What the audit asks for: who did what, and with whom. What comes in has no actor and touches none of these.

create index event_acted on event (seq) where actor_id is not null or kind = 'session.failed';
create index event_acted_customer on event (customer_id, seq) where actor_id is not null or kind = 'session.failed';
create index event_acted_kind on event (kind, seq) where actor_id is not null or kind = 'session.failed';

-- When somebody's look at a customer was last told: once an hour is enough.
create table customer_look (
  agent_id uuid not null references agent,
  customer_id uuid not null references customer,
  told_at timestamptz not null default now(),
  primary key (agent_id, customer_id)
);
