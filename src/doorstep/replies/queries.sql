-- name: queue_reply
with said as (
  insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
    received_at, subject, text, message_id, recipients, agent_id, delivery, send_at)
  select :id, customer_id, id, :inbox_id, :channel, :direction, 'message', :now, :now, :subject, :text,
    :message_id, :recipients, :agent_id, :delivery, :send_at::timestamptz
  from conversation where id = :conversation_id
  on conflict (id) do nothing
  returning conversation_id
), kept as (
  insert into stood_before (conversation_id, reply_id, version, state, agent_id, unread, last_at, due_at)
  select c.id, :id, c.version + 1, c.state, c.agent_id, c.unread, c.last_at, c.due_at
  from conversation c join said on said.conversation_id = c.id where :direction = 'out'
  on conflict (conversation_id) do update set reply_id = excluded.reply_id, version = excluded.version,
    state = excluded.state, agent_id = excluded.agent_id, unread = excluded.unread, last_at = excluded.last_at,
    due_at = excluded.due_at
)
update conversation set last_at = greatest(last_at, :now), interactions = interactions + 1,
  agent_id = case when :direction = 'out' then coalesce(agent_id, :agent_id) else agent_id end,
  unread = false, version = version + 1
from said where conversation.id = said.conversation_id
returning customer_id;

-- name: standing -> Standing
select conversation_id, direction, agent_id, subject, text, recipients, delivery, send_at
from interaction where id = :id;

-- name: reply_by_id -> Queued
select id, customer_id, conversation_id, inbox_id, channel, subject, text, recipients, message_id, delivery,
  send_at, happened_at, kind = 'auto-reply' as is_automatic
from interaction where id = :id and direction = 'out' for update;

-- name: take_back
with gone as (
  delete from interaction where id = :id and delivery = 'queued' returning id, conversation_id
), stood as (
  select s.* from stood_before s join gone on gone.conversation_id = s.conversation_id and gone.id = s.reply_id
)
update conversation c set
  agent_id = case when stood.version = c.version then stood.agent_id else c.agent_id end,
  unread = case when stood.version = c.version then stood.unread else c.unread end,
  last_at = case when stood.version = c.version then stood.last_at else c.last_at end,
  interactions = c.interactions - 1, version = c.version + 1
from gone left join stood on stood.conversation_id = gone.conversation_id
where c.id = gone.conversation_id;

-- name: mark_delivery
update interaction set delivery = :delivery, delivery_detail = :detail where id = :id;

-- name: keep_promise
update conversation c set version = version + 1, due_at = (
  select min(i.received_at + inbox.reply_within) from interaction i join inbox on inbox.id = i.inbox_id
  where c.state = 'open' and i.conversation_id = c.id and i.direction = 'in'
    and i.kind in ('message', 'bounce') and i.received_at > :written_at
)
where c.id = :id;

-- name: back_on_the_desk -> Returned
with before as (select id, state, queue_id from conversation where id = :id for update)
update conversation c set state = 'open', unread = true,
  agent_id = case when before.state = 'resolved'
    then (select agent.id from agent where agent.id = c.agent_id and agent.ended_at is null) else c.agent_id end,
  version = c.version + 1,
  due_at = coalesce(c.due_at, now() + inbox.reply_within)
from before, inbox where c.id = before.id and inbox.id = c.inbox_id
returning c.queue_id, before.state <> 'open' as woke;

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
update conversation set interactions = interactions + 1 from said where conversation.id = said.conversation_id
returning customer_id;
