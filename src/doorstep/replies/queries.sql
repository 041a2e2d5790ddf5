-- name: queue_reply
with said as (
  insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
    received_at, subject, text, message_id, recipients, agent_id, delivery, send_at)
  select :id, customer_id, id, :inbox_id, :channel, :direction, 'message', :now, :now, :subject, :text,
    :message_id, :recipients, :agent_id, :delivery, :send_at::timestamptz
  from conversation where id = :conversation_id
  on conflict (id) do nothing
  returning conversation_id
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
  send_at, happened_at
from interaction where id = :id and direction = 'out' for update;

-- name: take_back
with gone as (
  delete from interaction where id = :id and delivery = 'queued' returning conversation_id
)
update conversation set interactions = interactions - 1, version = version + 1
from gone where conversation.id = gone.conversation_id;

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
update conversation c set state = 'open', unread = true, version = c.version + 1,
  due_at = coalesce(c.due_at, now() + inbox.reply_within)
from before, inbox where c.id = before.id and inbox.id = c.inbox_id
returning c.queue_id, before.state <> 'open' as woke;
