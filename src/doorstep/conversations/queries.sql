-- name: find_threads -> Found
with keys as (
  select * from unnest(:arrivals::int[], :ranks::int[], :names::text[], :inbox_ids::uuid[], :customer_ids::uuid[])
    as k (arrival, rank, name, inbox_id, customer_id)
)
select t.arrival, t.rank, c.id as conversation_id, c.customer_id, c.channel,
  case when c.joined_to is null then c.id else listed(c.id) end as whole_id,
  case when c.joined_to is null then c.id else own_whole(c.id) end as own_id
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
    select id from conversation v where v.customer_id = k.customer_id and not v.is_joined order by v.last_at desc limit 1
  ) v
  union all
  select k.arrival, case when v.is_named then 500 else 510 end, v.id
  from unnest(:loose_arrivals::int[], :loose_customers::uuid[], :sinces::timestamptz[], :surely::text[], :maybe::text[])
    as k (arrival, customer_id, since, surely, maybe)
  cross join lateral (
    select m.id
    from (select coalesce(stands_for, id) as id from customer where customer.id = k.customer_id) lead
    cross join lateral (select lead.id union all select c.id from customer c where c.stands_for = lead.id) m
  ) m
  cross join lateral (
    select v.id, v.last_at, case when v.joined_to is null then v.state else (
        select w.state from conversation w
        where w.id = case when m.id = k.customer_id then own_whole(v.id) else listed(v.id) end
      ) end as state,
      v.orders && string_to_array(k.surely, ' ') or exists (
        select from unnest(string_to_array(k.maybe, ' ')) as t (order_no) where t.order_no = any (v.orders)
          and exists (select from sales_order o where o.order_no in (t.order_no, '#' || t.order_no))
      ) as is_named
    from (
      select id, last_at, state, joined_to, orders from conversation
      where conversation.customer_id = m.id and not is_joined order by last_at desc limit 20
    ) v
  ) v
  where v.state <> 'resolved' and (v.is_named or v.last_at > k.since)
) t
cross join lateral (
  select id, customer_id, channel, joined_to from conversation where conversation.id = t.conversation_id
) c;

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
with recursive up as (
  select * from unnest(:ids::uuid[], :counts::int[], :last::timestamptz[], :due::timestamptz[], :wakes::boolean[],
    :orders::text[]) as t (id, n, last_at, due_at, wakes, orders)
  union all
  select c.joined_to, up.n, up.last_at, up.due_at, up.wakes, up.orders
  from up cross join lateral (
    select joined_to from conversation where conversation.id = up.id and joined_to is not null
  ) c
), said as (
  select id, sum(n)::int as n, max(last_at) as last_at, min(due_at) filter (where wakes) as due_at,
    bool_or(wakes) as wakes, string_agg(orders, ' ') as orders
  from up group by id
), locked as materialized (
  select id, state from conversation where id = any (array(select id from said)) order by id for update
)
update conversation c set
  interactions = c.interactions + said.n,
  last_at = greatest(c.last_at, said.last_at),
  due_at = case when said.wakes then coalesce(c.due_at, said.due_at) else c.due_at end,
  state = case when said.wakes then 'open' else c.state end,
  follow_up_at = case when said.wakes then null else c.follow_up_at end,
  agent_id = case when said.wakes and locked.state = 'resolved'
    then (select agent.id from agent where agent.id = c.agent_id and agent.ended_at is null) else c.agent_id end,
  unread = c.unread or said.wakes,
  orders = case when said.orders = '' then c.orders
    else array(select distinct o from unnest(c.orders || string_to_array(said.orders, ' ')) o where o <> '' limit 50) end,
  version = c.version + 1
from locked join said using (id)
where c.id = locked.id
returning c.id, c.queue_id, c.joined_to is null and locked.state <> 'open' and c.state = 'open' as woke, c.joined_to;

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
with recursive up as (
  select * from unnest(:ids::uuid[], :counts::int[]) as t (id, n)
  union all
  select c.joined_to, up.n from up cross join lateral (
    select joined_to from conversation where conversation.id = up.id and joined_to is not null
  ) c
), went as (
  select id, sum(n)::int as n from up group by id
), locked as materialized (
  select id, state, interactions from conversation where id = any (array(select id from went)) order by id for update
)
update conversation c set
  interactions = c.interactions - went.n,
  state = case when c.interactions <= went.n then 'resolved' else c.state end,
  version = c.version + 1
from locked join went on went.id = locked.id
where c.id = locked.id
returning c.id, c.queue_id, c.joined_to is null and locked.state = 'open' and c.state = 'resolved' as woke, c.joined_to;

-- name: head -> Head
select c.id, customer.id as customer_id, customer.name as customer_name, c.inbox_id, inbox.name as inbox_name,
  inbox.address as inbox_address, c.channel, c.matter, c.state, c.agent_id, agent.name as agent_name,
  c.opened_at, c.last_at, c.due_at, extract(epoch from inbox.reply_within)::int as reply_within_s,
  c.unread, c.version,
  array(select distinct channel from interaction i where i.conversation_id = any (whole(c.id)) order by channel)
    as channels,
  c.follow_up_at
from conversation c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
where c.id = listed(:id);

-- name: last_heard -> LastHeard
select i.id, i.inbox_id, i.channel, i.subject, i.recipients, s.kind as sender_kind, s.value as sender_value,
  s.name as sender_name, i.conversation_id
from interaction i
join conversation c on c.id = i.conversation_id
left join identity s on s.id = i.identity_id
where i.conversation_id = any (whole(:conversation_id)) and i.direction = 'in'
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
  select * from conversation where id = listed(:id) and version = :version for update
), kept as (
  insert into stood_before (conversation_id, reply_id, version, state, agent_id, unread, last_at, due_at, follow_up_at)
  select id, null, version + 1, state, agent_id, unread, last_at, due_at, follow_up_at from before
  on conflict (conversation_id) do update set reply_id = excluded.reply_id, version = excluded.version,
    state = excluded.state, agent_id = excluded.agent_id, unread = excluded.unread, last_at = excluded.last_at,
    due_at = excluded.due_at, follow_up_at = excluded.follow_up_at
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
      where i.conversation_id = any (whole(c.id)) and (direction = 'out' or direction = 'in' and kind = 'message')
      order by happened_at desc, id desc limit 1
    ) then :now::timestamptz + (select reply_within from inbox where inbox.id = c.inbox_id)
  end,
  follow_up_at = case when :state::text is null then c.follow_up_at else :until::timestamptz end,
  version = c.version + 1
from before where c.id = before.id
returning c.id, c.customer_id, c.queue_id, before.state as was, c.state as is_now, c.joined_to is null as is_listed;

-- name: restore -> Changed
with now as (
  select * from conversation where id = listed(:id) and version = :version for update
), stood as (
  delete from stood_before s using now
  where s.conversation_id = now.id and s.version = now.version and s.reply_id is null
  returning s.*
)
update conversation c set
  state = stood.state, agent_id = stood.agent_id, unread = stood.unread, last_at = stood.last_at,
  due_at = stood.due_at, follow_up_at = stood.follow_up_at, version = c.version + 1
from now join stood on stood.conversation_id = now.id
where c.id = now.id
returning c.id, c.customer_id, c.queue_id, now.state as was, c.state as is_now, c.joined_to is null as is_listed;

-- name: mark_read
update conversation set unread = false where id = any (whole(:id)) and unread returning customer_id;

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
returning c.id, c.customer_id, c.joined_to is null as is_listed;

-- name: act_on_many
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb)
select t.id, t.customer_id, t.conversation_id, :agent_id, :happened_at, :verb
from unnest(:ids::uuid[], :customer_ids::uuid[], :conversation_ids::uuid[]) as t (id, customer_id, conversation_id);

-- name: hold_joins
select pg_advisory_xact_lock(7211, 15);

-- name: hold_rows -> Row
select id, customer_id, inbox_id, queue_id, channel, matter, state, agent_id, opened_at, last_at, due_at, unread,
  interactions, version, joined_to, is_joined, is_across, follow_up_at, orders
from conversation where id = any (:ids::uuid[]) order by id for update;

-- name: listed
select listed(:id);

-- name: people_of
select distinct coalesce(c.stands_for, c.id)
from conversation v join customer c on c.id = v.customer_id where v.id = any (:ids::uuid[]);

-- name: link_as -> ConversationLink
select id, one_id, other_id, joined_id, linked_at, ended_at from conversation_link
where joined_id = :joined_id and ended_at is null;

-- name: conversation_link -> ConversationLink
select id, one_id, other_id, joined_id, linked_at, ended_at from conversation_link where id = :id;

-- name: add_conversation_link
insert into conversation_link (id, one_id, other_id, joined_id, evidence, by_agent, linked_at)
values (:id, :one_id, :other_id, :joined_id, :evidence, :agent_id, :now);

-- name: end_conversation_link
update conversation_link set ended_at = :now, ended_by = :agent_id where id = :id and ended_at is null;

-- name: open_whole
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, agent_id, opened_at, last_at,
  due_at, unread, interactions, is_joined, is_across, follow_up_at, orders)
values (:id, :customer_id, :inbox_id, :queue_id, :channel, :matter, :state, :agent_id, :opened_at, :last_at,
  :due_at, :unread, :interactions, true, :is_across, :follow_up_at, :orders);

-- name: set_joined_to
update conversation set joined_to = :to_id::uuid where id = any (:ids::uuid[]);

-- name: move_drafts
update draft d set conversation_id = :to_id
where d.conversation_id = any (:froms::uuid[]) and not exists (
  select from draft o where o.agent_id = d.agent_id and o.conversation_id = :to_id
) and d.id = (
  select o.id from draft o where o.agent_id = d.agent_id and o.conversation_id = any (:froms::uuid[])
  order by o.changed_at desc, o.id limit 1
);

-- name: child_on -> Child
with recursive up as (
  select id, joined_to from conversation where id = :id
  union
  select c.id, c.joined_to from up join conversation c on c.id = up.joined_to and up.joined_to <> :whole_id
)
select id from up where joined_to = :whole_id;

-- name: lose_part
update conversation set interactions = greatest(interactions - :n, 0), version = version + 1
where id = any (above(:id));

-- name: shared -> Shared
select * from (
  select i.id, 'note' as kind, left(i.text, 500) as what, agent.name as by_name, i.happened_at as at
  from interaction i left join agent on agent.id = i.agent_id
  where i.conversation_id = any (:ids::uuid[]) and i.direction = 'note'
  union all
  select a.id, 'act', a.verb, agent.name, a.happened_at
  from action a left join agent on agent.id = a.agent_id
  where a.conversation_id = any (:ids::uuid[])
) items order by at, id;

-- name: move_notes
update interaction i set conversation_id = t.id, customer_id = t.customer_id
from conversation t where t.id = :to_id and i.id = any (:items::uuid[]) and i.direction = 'note';

-- name: copy_notes
insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at, received_at,
  subject, text, agent_id)
select n.new_id, t.customer_id, t.id, t.inbox_id, t.channel, i.direction, i.kind, i.happened_at, i.received_at,
  i.subject, i.text, i.agent_id
from unnest(:items::uuid[], :ids::uuid[]) as n (id, new_id)
join interaction i on i.id = n.id and i.direction = 'note' join conversation t on t.id = :to_id;

-- name: move_acts
update action a set conversation_id = t.id, customer_id = t.customer_id
from conversation t where t.id = :to_id and a.id = any (:items::uuid[]);

-- name: copy_acts
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb, detail)
select n.new_id, t.customer_id, t.id, a.agent_id, a.happened_at, a.verb, a.detail
from unnest(:items::uuid[], :ids::uuid[]) as n (id, new_id)
join action a on a.id = n.id join conversation t on t.id = :to_id;

-- name: take_over
update conversation c set state = w.state, agent_id = w.agent_id, due_at = w.due_at, unread = w.unread,
  follow_up_at = w.follow_up_at, version = c.version + 1
from conversation w where c.id = :to_id and w.id = :from_id;

-- name: count_notes
update conversation set interactions = interactions + :n, version = version + 1 where id = :id;

-- name: crossing -> ConversationLink
select l.id, l.one_id, l.other_id, l.joined_id, l.linked_at, l.ended_at
from conversation w join conversation_link l on l.joined_id = w.id and l.ended_at is null
where w.customer_id = any (:customer_ids::uuid[]) and w.is_joined and (
  select count(distinct t.lead) > 1 or l.evidence = 'merge' and count(distinct v.customer_id) = 1 from conversation v
  join unnest(:customer_ids::uuid[], :leads::uuid[]) as t (customer_id, lead) on t.customer_id = v.customer_id
  where v.id = any (under(w.id)) and not v.is_joined
)
order by l.linked_at, l.id;

-- name: ask_same_matter
insert into matter_question (conversation_id, candidates, asked_at) values (:conversation_id, :candidates, :now)
on conflict do nothing;

-- name: answer_same_matter
update matter_question q set answered_at = :now, answered_by = :agent_id
from conversation c
where q.conversation_id = any (whole(:conversation_id)) and q.answered_at is null and c.id = q.conversation_id
returning c.customer_id;

-- name: parts -> JoinedPart
select v.id, v.matter, v.channel, coalesce(lead.name, c.name) as customer_name, v.opened_at, l.id as link_id,
  coalesce(l.evidence, '') as evidence, agent.name as by_name, l.linked_at
from conversation w
join conversation v on v.joined_to = w.id and v.id <> w.id
join customer c on c.id = v.customer_id left join customer lead on lead.id = c.stands_for
left join conversation_link l on l.joined_id = w.id and l.ended_at is null
left join agent on agent.id = l.by_agent
where w.id = any (whole(:id)) and w.is_joined and (l.id is not null)
order by l.linked_at desc, v.opened_at, v.id;

-- name: splits -> Split
select s.id, s.from_id, v.matter as from_matter, agent.name as by_name, s.split_at
from conversation_split s join conversation v on v.id = s.from_id left join agent on agent.id = s.by_agent
where s.to_id = any (whole(:id)) and s.ended_at is null order by s.split_at desc, s.id;

-- name: candidates -> Candidate
select v.id, v.matter, v.channel, v.state, v.last_at, v.orders
from (
  select distinct listed(c.id) as id
  from matter_question q cross join lateral unnest(q.candidates) as c (id)
  where q.conversation_id = any (whole(:id)) and q.answered_at is null
) found
join conversation v on v.id = found.id
join customer c on c.id = v.customer_id
where v.id <> listed(:id) and v.state <> 'resolved' and coalesce(c.stands_for, c.id) = (
  select coalesce(mine.stands_for, mine.id) from conversation m join customer mine on mine.id = m.customer_id where m.id = :id
)
order by v.last_at desc limit 5;

-- name: said_in -> Said
select id, conversation_id, direction, kind, happened_at, received_at, subject, channel, inbox_id,
  left(coalesce(nullif(said, ''), text), 1000) as text
from interaction where id = any (:ids::uuid[]) order by happened_at, id for update;

-- name: from_there_on
select id from interaction
where conversation_id = any (whole(:conversation_id)) and direction <> 'note' and (happened_at, id) >= (
  select happened_at, id from interaction where id = :id
) order by happened_at, id;

-- name: open_split
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, agent_id, opened_at, last_at,
  due_at, unread, interactions, follow_up_at, orders)
select :id, v.customer_id, :inbox_id, v.queue_id, :channel, :matter, v.state, v.agent_id, :opened_at, :last_at,
  null, v.unread, 0, v.follow_up_at, :orders
from conversation v where v.id = :from_id;

-- name: add_split
insert into conversation_split (id, from_id, to_id, moved, from_due, from_version, to_version, by_agent, split_at)
values (:id, :from_id, :to_id, :moved, :from_due, :from_version, :to_version, :agent_id, :now);

-- name: move_said
update interaction set conversation_id = :to_id where id = any (:ids::uuid[]);

-- name: all_said_in
select id from interaction where conversation_id = :id;

-- name: settle_said
update conversation c set
  interactions = said.n, last_at = coalesce(said.last_at, c.last_at), version = c.version + 1,
  due_at = case when c.state <> 'open' then null else said.due_at end
from (
  select count(*)::int as n, max(i.happened_at) as last_at,
    min(i.received_at + inbox.reply_within) filter (
      where i.direction = 'in' and i.kind in ('message', 'bounce') and i.received_at > coalesce(answered.at, '-infinity')
    ) as due_at
  from interaction i join inbox on inbox.id = i.inbox_id
  left join lateral (
    select max(o.received_at) as at from interaction o
    where o.conversation_id = :id and o.direction = 'out' and o.kind = 'message' and o.delivery <> 'failed'
  ) answered on true
  where i.conversation_id = :id
) said
where c.id = :id;

-- name: split_into -> SplitRow
select id, from_id, to_id, from_due, from_version, to_version from conversation_split where to_id = any (whole(:id)) and ended_at is null
order by split_at desc, id desc;

-- name: end_split
update conversation_split set ended_at = :now, ended_by = :agent_id where id = :id;

-- name: come_together
update conversation c set state = case when 'open' in (c.state, s.state) then 'open'
    when 'waiting' in (c.state, s.state) then 'waiting' else c.state end,
  unread = c.unread or s.unread, agent_id = coalesce(c.agent_id, s.agent_id), version = c.version + 1
from conversation s where c.id = :to_id and s.id = :from_id;

-- name: due_back -> Changed
with before as (
  select id, state from conversation where id = any (above(:id)) and state = 'waiting' and follow_up_at <= :now
  order by id for update
)
update conversation c set state = 'open', follow_up_at = null, version = c.version + 1,
  due_at = :now::timestamptz + (select reply_within from inbox where inbox.id = c.inbox_id)
from before where c.id = before.id
returning c.id, c.customer_id, c.queue_id, before.state as was, c.state as is_now, c.joined_to is null as is_listed;

-- name: rest_of
select v.id from conversation v
where v.id = any (under(:whole_id)) and not v.id = any (under(:but_id)) and not v.is_joined;

-- name: whole
select unnest(whole(:id));

-- name: made_of
select v.id from conversation v
where v.id = any (whole(:id)) and v.id <> :id and (not v.is_joined or exists (
  select from conversation_link l where l.joined_id = v.id and l.ended_at is null
))
order by v.id;

-- name: is_left
select exists (
  select from interaction where conversation_id = any (:ids::uuid[]) and direction <> 'note' and id <> all (:moved::uuid[])
);

-- name: lose_above
update conversation set interactions = interactions - :n, version = version + 1
where id = any (above(:id)) and id <> :id;

-- name: move_all_acts
update action set conversation_id = :to_id where conversation_id = :from_id;

-- name: whose
select customer_id from conversation where id = :id;

-- name: set_due
update conversation set due_at = :due_at where id = :id;
