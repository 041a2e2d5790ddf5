-- Automatic answers: what is set, who is asked about, and who was answered.

-- name: inbox_there
select id from inbox where id = :id;

-- name: inbox_of -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings from inbox where id = :id;

-- name: answers_of
select content from automatic_answers where inbox_id = :inbox_id;

-- name: set_answers
insert into automatic_answers (inbox_id, content) values (:inbox_id, :content)
on conflict (inbox_id) do update set content = excluded.content;

-- name: drop_answers
delete from automatic_answers where inbox_id = :inbox_id;

-- name: ask
insert into job (id, kind, key, lane, payload, due_at)
select t.id, :kind, t.key, '', t.payload, :due_at
from unnest(:ids::uuid[], :keys::text[], :payloads::bytea[]) as t (id, key, payload)
on conflict do nothing;

-- name: asked -> Asked
select i.id, i.conversation_id, i.customer_id, c.name as customer_name, i.inbox_id, i.channel, i.subject, i.received_at,
  s.kind as sender_kind, s.value as sender_value, s.name as sender_name, a.content, :opens::boolean as is_first
from interaction i
join automatic_answers a on a.inbox_id = i.inbox_id
join identity s on s.id = i.identity_id
join customer c on c.id = i.customer_id
where i.id = :id and i.direction = 'in' and i.kind = 'message';

-- name: answer_once
insert into automatic_answer (kind, value, sent_at) values (:kind, :value, :now)
on conflict (kind, value) do update set sent_at = excluded.sent_at where automatic_answer.sent_at <= :since;
