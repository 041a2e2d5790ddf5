-- name: find_threads -> Found
with keys as (
  select * from unnest(:arrivals::int[], :ranks::int[], :names::text[], :inbox_ids::uuid[], :customer_ids::uuid[])
    as k (arrival, rank, name, inbox_id, customer_id)
)
select t.arrival, t.rank, c.id as conversation_id, c.customer_id
from (
  select k.arrival, case when m.direction = 'out' then k.rank else 200 + k.rank end as rank, m.conversation_id
  from keys k cross join lateral (
    (select conversation_id, direction from interaction i
     where i.message_id = k.name and i.message_id <> '' and i.inbox_id = k.inbox_id order by i.id limit 1)
    union all
    (select conversation_id, direction from interaction i
     where i.message_id = k.name and i.message_id <> '' order by i.inbox_id, i.id limit 1)
    limit 1
  ) m
  union all
  select k.arrival, k.rank + 400, a.conversation_id
  from keys k cross join lateral (
    select conversation_id from awaited_name a where a.name = k.name and a.customer_id = k.customer_id
  ) a
  union all
  select k.arrival, 100, k.id
  from unnest(:token_arrivals::int[], :conversation_ids::uuid[]) as k (arrival, id)
  union all
  select k.arrival, 300, v.id
  from unnest(:tag_arrivals::int[], :firsts::uuid[], :lasts::uuid[], :tag_customers::uuid[], :tag_identities::uuid[])
    as k (arrival, first, last, customer_id, identity_id)
  cross join lateral (
    select v.id
    from (
      select id, customer_id from conversation where id between k.first and k.last order by id limit 10
    ) v
    where v.customer_id = k.customer_id or (
      select true from interaction i where i.conversation_id = v.id and i.identity_id = k.identity_id limit 1
    )
    limit 1
  ) v
  union all
  select k.arrival, 350, v.id
  from unnest(:returned_arrivals::int[], :returned_customers::uuid[]) as k (arrival, customer_id)
  cross join lateral (
    select id from conversation v where v.customer_id = k.customer_id order by v.last_at desc limit 1
  ) v
) t
cross join lateral (select id, customer_id from conversation where conversation.id = t.conversation_id) c;

-- name: standing -> KnownArrival
select once, id as interaction_id, null as address from interaction where once = any (:onces::uuid[])
union all
select null, null, address from inbox where address = any (:forms::text[]);

-- name: sent_by_us
select t.arrival, i.id
from unnest(:arrivals::int[], :names::text[]) as t (arrival, name)
cross join lateral (
  select id from interaction where message_id = t.name and message_id <> '' and direction = 'out'
  order by inbox_id, id limit 1
) i;

-- name: add_copies -> Copied
with came as (
  insert into copy (signal_id, interaction_id, inbox_id, received_at)
  select * from unnest(:signal_ids::uuid[], :interaction_ids::uuid[], :inbox_ids::uuid[], :received::timestamptz[])
  on conflict do nothing
  returning interaction_id
)
select i.id, i.customer_id, i.conversation_id
from came cross join lateral (
  select id, customer_id, conversation_id from interaction where interaction.id = came.interaction_id
) i;

-- name: bump_conversations -> Bumped
with said as (
  select * from unnest(:ids::uuid[], :counts::int[], :last::timestamptz[], :due::timestamptz[], :wakes::boolean[])
    as t (id, n, last_at, due_at, wakes)
), locked as materialized (
  select id, state from conversation where id = any (:ids::uuid[]) order by id for update
)
update conversation c set
  interactions = c.interactions + said.n,
  last_at = greatest(c.last_at, said.last_at),
  due_at = case when said.wakes then coalesce(c.due_at, said.due_at) else c.due_at end,
  state = case when said.wakes then 'open' else c.state end,
  agent_id = case when said.wakes and locked.state = 'resolved'
    then (select agent.id from agent where agent.id = c.agent_id and agent.ended_at is null) else c.agent_id end,
  unread = c.unread or said.wakes,
  version = c.version + 1
from locked join said using (id)
where c.id = locked.id
returning c.id, c.queue_id, locked.state <> 'open' and c.state = 'open' as woke;

-- name: await_names
insert into awaited_name (name, customer_id, conversation_id)
select * from unnest(:names::text[], :customer_ids::uuid[], :conversation_ids::uuid[])
on conflict do nothing;

-- name: attach
insert into attachment (id, interaction_id, position, name, media_type, size, sha256, content_id, inline)
select * from unnest(
  :ids::uuid[], :interaction_ids::uuid[], :positions::smallint[], :names::text[], :media_types::text[],
  :sizes::bigint[], :sha256s::text[], :content_ids::text[], :inlines::boolean[]
);

-- name: amend_interactions
update interaction i set text = t.text, said = t.said, attested = t.attested,
  customer_id = t.customer_id, identity_id = t.identity_id, conversation_id = t.conversation_id
from unnest(
  :ids::uuid[], :texts::text[], :saids::text[], :attested::bytea[], :customer_ids::uuid[], :identity_ids::uuid[],
  :conversation_ids::uuid[]
) as t (id, text, said, attested, customer_id, identity_id, conversation_id)
where i.id = t.id;

-- name: where_filed -> Filed
select id, conversation_id, customer_id from interaction where id = any (:ids::uuid[]);

-- name: leave -> Bumped
with locked as materialized (
  select id, state, interactions from conversation where id = any (:ids::uuid[]) order by id for update
)
update conversation c set
  interactions = c.interactions - went.n,
  state = case when c.interactions <= went.n then 'resolved' else c.state end,
  version = c.version + 1
from locked join unnest(:ids::uuid[], :counts::int[]) as went (id, n) on went.id = locked.id
where c.id = locked.id
returning c.id, c.queue_id, locked.state = 'open' and c.state = 'resolved' as woke;

-- name: head -> Head
select c.id, c.customer_id, customer.name as customer_name, c.inbox_id, inbox.name as inbox_name,
  inbox.address as inbox_address, c.channel, c.matter, c.state, c.agent_id, agent.name as agent_name,
  c.opened_at, c.last_at, c.due_at, extract(epoch from inbox.reply_within)::int as reply_within_s,
  c.unread, c.version,
  array(select distinct channel from interaction i where i.conversation_id = c.id order by channel) as channels
from conversation c
join customer on customer.id = c.customer_id
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
where c.id = :id;

-- name: last_heard -> LastHeard
select i.id, i.inbox_id, i.channel, i.subject, i.recipients, s.kind as sender_kind, s.value as sender_value,
  s.name as sender_name
from interaction i
join conversation c on c.id = i.conversation_id
left join identity s on s.id = i.identity_id
where i.conversation_id = :conversation_id and i.direction = 'in'
order by i.kind = 'bounce', s.customer_id is distinct from c.customer_id, i.kind = 'auto-reply',
  i.happened_at desc, i.id desc limit 1;

-- name: our_addresses
select address from inbox;

-- name: names_in
select message_id from interaction
where conversation_id = :conversation_id and message_id <> ''
order by happened_at desc, id desc limit 20;

-- name: change_state -> Changed
with before as (
  select * from conversation where id = :id and version = :version for update
), kept as (
  insert into stood_before (conversation_id, reply_id, version, state, agent_id, unread, last_at, due_at)
  select id, null, version + 1, state, agent_id, unread, last_at, due_at from before
  on conflict (conversation_id) do update set reply_id = excluded.reply_id, version = excluded.version,
    state = excluded.state, agent_id = excluded.agent_id, unread = excluded.unread, last_at = excluded.last_at,
    due_at = excluded.due_at
)
update conversation c set
  state = coalesce(:state::text, c.state),
  agent_id = case when :assigns::boolean then :agent_id::uuid when before.state = 'resolved'
    then (select agent.id from agent where agent.id = c.agent_id and agent.ended_at is null) else c.agent_id end,
  due_at = case
    when coalesce(:state::text, c.state) <> 'open' then null
    when before.state = 'open' then c.due_at
    when 'in' = (
      select direction from interaction i
      where i.conversation_id = c.id and (direction = 'out' or direction = 'in' and kind = 'message')
      order by happened_at desc, id desc limit 1
    ) then :now::timestamptz + (select reply_within from inbox where inbox.id = c.inbox_id)
  end,
  version = c.version + 1
from before where c.id = before.id
returning c.id, c.customer_id, c.queue_id, before.state as was, c.state as is_now;

-- name: restore -> Changed
with now as (
  select * from conversation where id = :id and version = :version for update
), stood as (
  delete from stood_before s using now
  where s.conversation_id = now.id and s.version = now.version and s.reply_id is null
  returning s.*
)
update conversation c set
  state = stood.state, agent_id = stood.agent_id, unread = stood.unread, last_at = stood.last_at,
  due_at = stood.due_at, version = c.version + 1
from now join stood on stood.conversation_id = now.id
where c.id = now.id
returning c.id, c.customer_id, c.queue_id, now.state as was, c.state as is_now;

-- name: mark_read
update conversation set unread = false where id = :id and unread returning customer_id;

-- name: exists_now
select version from conversation where id = :id;

-- name: act
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb, detail)
values (:id, :customer_id, :conversation_id, :agent_id, :happened_at, :verb, :detail);

-- name: token_key
select key from token_key where only_row;

-- name: release_all -> Released
with theirs as (
  select id, customer_id from (
    select id, customer_id from conversation where agent_id = :agent_id and state = 'open'
    union all
    select id, customer_id from conversation where agent_id = :agent_id and state = 'waiting'
  ) unfinished order by id
)
update conversation c set agent_id = null, version = c.version + 1
from theirs where c.id = theirs.id and c.agent_id = :agent_id
returning c.id, c.customer_id;

-- name: act_on_many
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb)
select t.id, t.customer_id, t.conversation_id, :agent_id, :happened_at, :verb
from unnest(:ids::uuid[], :customer_ids::uuid[], :conversation_ids::uuid[]) as t (id, customer_id, conversation_id);
