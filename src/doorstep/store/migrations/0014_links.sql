-- Links lie over what came, and rewrite nothing (docs/decisions/0007).

-- Whom a customer is shown as; itself when null. Derived from the links that hold.
alter table customer add column stands_for uuid references customer;
create index customer_stands_for on customer (stands_for) where stands_for is not null;

-- Two records are one person. `why` is what the agent said; taking a link back ends it.
create table customer_link (
  id uuid primary key,
  one_id uuid not null references customer,
  other_id uuid not null references customer,
  evidence text not null,
  why text not null default '',
  reasons jsonb not null default '[]',
  by_agent uuid references agent,
  linked_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references agent,
  check (one_id <> other_id)
);
create unique index customer_link_holds on customer_link (least(one_id, other_id), greatest(one_id, other_id))
  where ended_at is null;
create index customer_link_one on customer_link (one_id, linked_at);
create index customer_link_other on customer_link (other_id, linked_at);

-- A part is not listed: the joined one is (`joined_to`). A joined one that has ended leads to one of its parts.
-- `is_across`: over several records of one person. `orders`: the numbers that were named in it.
alter table conversation
  add column joined_to uuid,
  add column is_joined boolean not null default false,
  add column is_across boolean not null default false,
  add column follow_up_at timestamptz,
  add column orders text[] not null default '{}';
alter table stood_before add column follow_up_at timestamptz;
create index conversation_joined on conversation (joined_to) where joined_to is not null;

drop index conversation_open, conversation_taken, conversation_agent, conversation_rest, conversation_rest_of,
  conversation_rest_nobodys;
create index conversation_open on conversation ((coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is null and joined_to is null;
create index conversation_taken on conversation ((coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is not null and joined_to is null;
create index conversation_agent on conversation (agent_id, (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz)), id)
  where state = 'open' and agent_id is not null and joined_to is null;
create index conversation_rest on conversation (state, last_at desc, id desc)
  where state <> 'open' and joined_to is null;
create index conversation_rest_of on conversation (agent_id, state, last_at desc, id desc)
  where state <> 'open' and agent_id is not null and joined_to is null;
create index conversation_rest_nobodys on conversation (state, last_at desc, id desc)
  where state <> 'open' and agent_id is null and joined_to is null;

-- Two conversations are one matter, listed as a third. Each may itself be one that others are joined in.
create table conversation_link (
  id uuid primary key,
  one_id uuid not null,
  other_id uuid not null,
  joined_id uuid not null,
  evidence text not null,
  by_agent uuid references agent,
  linked_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references agent,
  check (one_id <> other_id)
);
create index conversation_link_joined on conversation_link (joined_id);

-- What was taken out of a conversation into one of its own, so that it can go back; where nothing happened since
-- to either (their versions), with the promise that there was.
create table conversation_split (
  id uuid primary key,
  from_id uuid not null,
  to_id uuid not null,
  moved uuid[] not null,
  from_due timestamptz,
  from_version int not null,
  to_version int not null,
  by_agent uuid references agent,
  split_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references agent
);
create index conversation_split_to on conversation_split (to_id) where ended_at is null;

-- Several matters fit what came: the desk asks whether it is one of them.
create table matter_question (
  conversation_id uuid primary key,
  candidates uuid[] not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references agent
);

-- A conversation and all that it is joined in, up to the one that is listed.
create function above(uuid) returns uuid[] language sql stable as $$
  with recursive up (id, joined_to) as (
    select id, joined_to from conversation where id = $1
    union
    select c.id, c.joined_to from up join conversation c on c.id = up.joined_to
  )
  select array_agg(id) from up
$$;

-- The conversation that is listed for this one.
create function listed(uuid) returns uuid language sql stable as $$
  select id from conversation where id = any (above($1)) and joined_to is null
$$;

-- A conversation and all that is joined in it.
create function under(uuid) returns uuid[] language sql stable as $$
  with recursive down (id) as (
    select $1
    union
    select c.id from down join conversation c on c.joined_to = down.id
  )
  select array_agg(id) from down
$$;

-- All of the matter that a conversation belongs to.
create function whole(uuid) returns uuid[] language sql stable as $$
  select under(listed($1))
$$;

-- The conversation that would be listed for this one, if nobody were merged.
create function own_whole(uuid) returns uuid language sql stable as $$
  select w.id from conversation w left join conversation over on over.id = w.joined_to
  where w.id = any (above($1)) and not w.is_across and (over.id is null or over.is_across)
$$;
