-- name: queue_reply
with said as (
  insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
    received_at, subject, text, html, message_id, recipients, agent_id, delivery, send_at)
  select :id, customer_id, id, :inbox_id, :channel, :direction, 'message', :now, :now, :subject, :text, :html,
    :message_id, :recipients, :agent_id, :delivery, :send_at::timestamptz
  from conversation where id = :conversation_id
  on conflict (id) do nothing
  returning customer_id, conversation_id
), both_rows as (
  select c.id, said.customer_id
  from said cross join lateral unnest(above(said.conversation_id)) as c (id)
), kept as (
  insert into stood_before (conversation_id, reply_id, version, state, agent_id, unread, last_at, due_at, follow_up_at)
  select c.id, :id, c.version + 1, c.state, c.agent_id, c.unread, c.last_at, c.due_at, c.follow_up_at
  from conversation c join both_rows using (id) where :direction = 'out'
  on conflict (conversation_id) do update set reply_id = excluded.reply_id, version = excluded.version,
    state = excluded.state, agent_id = excluded.agent_id, unread = excluded.unread, last_at = excluded.last_at,
    due_at = excluded.due_at, follow_up_at = excluded.follow_up_at
)
update conversation set last_at = greatest(last_at, :now), interactions = interactions + 1,
  agent_id = case when :direction = 'out' then coalesce(agent_id, :agent_id) else agent_id end,
  unread = false, version = version + 1
from both_rows where conversation.id = both_rows.id
returning both_rows.customer_id;

-- name: standing -> Standing
select listed(i.conversation_id) as conversation_id, i.direction, i.agent_id, i.subject, i.text, i.html, i.recipients,
  i.delivery, i.send_at, coalesce(reply.mode, 'reply') as mode, coalesce(reply.bcc, '[]') as bcc,
  array(select a.id from attachment a where a.interaction_id = i.id and a.position < :most::int) as attachments
from interaction i left join reply on reply.id = i.id where i.id = :id;

-- name: keep_reply
insert into reply (id, mode, bcc, of_id, signature, acts) values (:id, :mode, :bcc, :of_id, :signature, :acts);

-- name: hold_conversation
select true from conversation where id = any (whole(:id)) order by id for update;

-- name: newer -> Newer
select case i.direction when 'in' then 'message' else 'reply' end as kind, i.id,
  coalesce(agent.name, nullif(s.name, ''), s.value, '') as who, i.happened_at as at,
  left(coalesce(nullif(i.said, ''), i.text), 200) as text
from interaction i left join identity s on s.id = i.identity_id left join agent on agent.id = i.agent_id
where i.conversation_id = any (whole(:conversation_id))
  and (i.direction = 'in' and i.kind in ('message', 'bounce')
    or i.direction = 'out' and i.kind = 'message' and i.agent_id is distinct from :agent_id)
  and (i.received_at, i.id)
    > (coalesce((select seen.received_at from interaction seen where seen.id = :as_of), :made_at), :as_of::uuid)
order by i.received_at desc, i.id desc limit 1;

-- name: original -> Original
select i.id, listed(i.conversation_id) as conversation_id, i.direction, i.happened_at, i.subject, i.text, i.html,
  i.recipients, coalesce(s.value, inbox.address) as sender_value, coalesce(s.name, agent.name, '') as sender_name
from interaction i join inbox on inbox.id = i.inbox_id
left join identity s on s.id = i.identity_id left join agent on agent.id = i.agent_id
where i.id = :id and i.direction in ('in', 'out');

-- name: files_referred_to -> Referred
select name, media_type, size, sha256, content_id, inline from attachment
where interaction_id = :id order by position;

-- name: refer
insert into attachment (id, interaction_id, position, name, media_type, size, sha256, content_id, inline)
values (:id, :interaction_id, :position, :name, :media_type, :size, :sha256, :content_id, :inline);

-- name: size_of_files
select coalesce(sum(size), 0)::bigint from attachment where interaction_id = :id;

-- name: files_to_send -> Attachment
select name, media_type, size, sha256, content_id, inline from attachment
where interaction_id = :id order by position;

-- name: files_let_go
select id, sha256 from attachment where interaction_id = :id;

-- name: reply_by_id -> Queued
select i.id, i.customer_id, i.conversation_id, i.inbox_id, i.channel, i.subject, i.text, i.html, i.recipients,
  i.message_id, i.delivery, i.send_at, i.happened_at, i.kind = 'auto-reply' as is_automatic, i.agent_id, coalesce(reply.mode, 'reply') as mode,
  coalesce(reply.bcc, '[]') as bcc, reply.of_id, coalesce(reply.signature, '') as signature,
  coalesce(reply.acts, '{}') as acts
from interaction i left join reply on reply.id = i.id
where i.id = :id and i.direction = 'out' for update of i;

-- name: take_back
with gone as (
  delete from interaction where id = :id and delivery = 'queued' returning id, conversation_id
), both_rows as (
  select c.id, gone.id as reply_id
  from gone cross join lateral unnest(above(gone.conversation_id)) as c (id)
), stood as (
  select s.* from stood_before s join both_rows b on b.id = s.conversation_id and b.reply_id = s.reply_id
)
update conversation c set
  agent_id = case when stood.version = c.version then stood.agent_id else c.agent_id end,
  unread = case when stood.version = c.version then stood.unread else c.unread end,
  last_at = case when stood.version = c.version then stood.last_at else c.last_at end,
  interactions = c.interactions - 1, version = c.version + 1
from both_rows b left join stood on stood.conversation_id = b.id
where c.id = b.id;

-- name: mark_delivery
update interaction set delivery = :delivery, delivery_detail = :detail where id = :id;

-- name: keep_promise
update conversation c set version = version + 1, due_at = (
  select min(i.received_at + inbox.reply_within) from interaction i join inbox on inbox.id = i.inbox_id
  where c.state = 'open' and i.direction = 'in' and i.kind in ('message', 'bounce') and i.received_at > :written_at
    and i.conversation_id = any (under(c.id))
)
where c.id = any (above(:id));

-- name: back_on_the_desk -> Returned
with before as (
  select id, state, queue_id from conversation
  where id = any (above(:id)) order by id for update
)
update conversation c set state = 'open', unread = true,
  agent_id = case when before.state = 'resolved'
    then (select agent.id from agent where agent.id = c.agent_id and agent.ended_at is null) else c.agent_id end,
  version = c.version + 1,
  due_at = coalesce(c.due_at, now() + inbox.reply_within), follow_up_at = null
from before, inbox where c.id = before.id and inbox.id = c.inbox_id
returning c.queue_id, before.state <> 'open' and c.joined_to is null as woke;

-- name: mark_bounced -> CameBack
update interaction set delivery = case when found.is_final then 'bounced' else delivery end, delivery_detail = found.detail
from (
  select i.id, t.is_final, t.detail
  from unnest(:names::text[], :finals::boolean[], :details::text[]) as t (name, is_final, detail)
  cross join lateral (
    select id from interaction
    where message_id = t.name and message_id <> '' and direction = 'out' order by inbox_id, id limit 1
  ) i
) found
where interaction.id = found.id
returning interaction.id, interaction.customer_id, interaction.conversation_id;

-- name: queue_automatic
with said as (
  insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
    received_at, subject, text, message_id, recipients, delivery, send_at)
  select :id, customer_id, id, :inbox_id, :channel, 'out', 'auto-reply', :now, :now, :subject, :text, :message_id,
    :recipients, 'queued', :now
  from conversation where id = :conversation_id
  returning conversation_id
)
update conversation c set interactions = interactions + 1
from said where c.id = any (above(said.conversation_id))
returning (select customer_id from conversation p where p.id = said.conversation_id);

-- name: be_here
with there as (
  select id from conversation where id = :conversation_id
), was as (
  select writing from presence
  where conversation_id = :conversation_id and agent_id = :agent_id and seen_at > :gone_since
), kept as (
  insert into presence as p (conversation_id, agent_id, writing, seen_at)
  select id, :agent_id, :writing, :now from there
  on conflict (conversation_id, agent_id) do update set writing = excluded.writing,
    seen_at = greatest(p.seen_at, excluded.seen_at)
)
select not exists (select from was where writing = :writing) from there;

-- name: go
delete from presence where conversation_id = :conversation_id and agent_id = :agent_id returning true;

-- name: let_go -> Goer
delete from presence where (conversation_id, agent_id) in (
  select conversation_id, agent_id from presence where seen_at <= :gone_since
  order by seen_at limit 100 for update skip locked
) returning conversation_id, agent_id;

-- name: present -> Presence
select p.agent_id, agent.name, p.writing
from presence p join agent on agent.id = p.agent_id and agent.ended_at is null
where p.conversation_id = :conversation_id and p.seen_at > :gone_since
order by lower(agent.name), p.agent_id;

-- name: mention
insert into mention (id, interaction_id, agent_id, by_id)
select t.id, :interaction_id, agent.id, :by_id
from unnest(:ids::uuid[], :agent_ids::uuid[]) as t (id, agent_id)
join agent on agent.id = t.agent_id and agent.ended_at is null;

-- name: mentions -> Mention
select m.id, customer.id as customer_id, customer.name as customer_name, c.id as conversation_id, c.matter, agent.name as by_name,
  i.happened_at as at, left(i.text, 200) as beginning, m.seen_at
from mention m
join interaction i on i.id = m.interaction_id
join conversation c on c.id = listed(i.conversation_id)
join customer ground on ground.id = i.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join agent on agent.id = m.by_id
where m.agent_id = :agent_id and m.id < :before and (m.seen_at is null or not :unseen::boolean)
order by m.id desc limit :most;

-- name: count_unseen
select count(*)::int from (
  select from mention where agent_id = :agent_id and seen_at is null limit 100
) unseen;

-- name: see_mention
update mention set seen_at = coalesce(seen_at, :now) where id = :id and agent_id = :agent_id returning true;

-- name: listed
select listed(:id);
