-- Quarantine: judging, holding, learning, letting out, erasing.

-- The address's own rule goes before its domain's.
-- name: grounds -> Ground
select t.arrival, t.inbox_id, coalesce(own.is_trusted, theirs.is_trusted) as is_trusted,
  coalesce(learnt.unwanted, 0) as unwanted, coalesce(learnt.wanted, 0) as wanted
from unnest(:arrivals::int[], :at_inboxes::uuid[], :senders::text[], :domains::text[])
  as t (arrival, inbox_id, sender, domain)
left join lateral (
  select is_trusted from sender_rule r where r.inbox_id = t.inbox_id and r.pattern = t.sender
) own on true
left join lateral (
  select is_trusted from sender_rule r where r.inbox_id = t.inbox_id and r.pattern = t.domain
) theirs on true
left join lateral (select unwanted, wanted from learnt l where l.inbox_id = t.inbox_id) learnt on true
where coalesce(own.is_trusted, theirs.is_trusted) is not null or learnt.unwanted is not null;

-- name: known_words -> KnownWord
select t.inbox_id, t.word, w.unwanted, w.wanted
from unnest(:inbox_ids::uuid[], :words::int[]) as t (inbox_id, word)
cross join lateral (
  select unwanted, wanted from learnt_word where learnt_word.inbox_id = t.inbox_id and learnt_word.word = t.word
) w;

-- What we sent by ourselves does not make anybody known.
-- name: acquainted -> Acquainted
select t.arrival, exists (
  select from interaction o
  where o.customer_id = i.customer_id and o.direction = 'out' and o.kind = 'message'
) as is_written
from unnest(:arrivals::int[], :kinds::text[], :values::text[]) as t (arrival, kind, value)
cross join lateral (
  select customer_id from identity where identity.kind = t.kind and identity.value = t.value
) i;

-- name: hold
insert into quarantine (id, signal_id, received_at, inbox_id, channel, lane, priority, held_at, reason, sender_kind,
  sender_value, sender_name, subject, beginning)
select id, signal_id, received_at, inbox_id, channel, lane, priority, now(), reason, sender_kind, sender_value,
  sender_name, subject, beginning
from unnest(
  :ids::uuid[], :signal_ids::uuid[], :received::timestamptz[], :inbox_ids::uuid[], :channels::text[], :lanes::int[],
  :priorities::smallint[], :reasons::text[], :sender_kinds::text[], :sender_values::text[], :sender_names::text[],
  :subjects::text[], :beginnings::text[]
) as t (id, signal_id, received_at, inbox_id, channel, lane, priority, reason, sender_kind, sender_value, sender_name,
  subject, beginning);

-- name: held -> Held
select q.id, q.signal_id, q.inbox_id, coalesce(inbox.name, '') as inbox_name, q.channel, q.received_at, q.held_at,
  q.sender_value, q.sender_name, q.subject, q.beginning, q.reason, q.line is not null as was_shown
from quarantine q left join inbox on inbox.id = q.inbox_id
where q.state = 'held' and q.id < :before order by q.id desc limit :most;

-- name: count_held
select count(*) from quarantine where state = 'held';

-- name: row -> Row
select id, signal_id, received_at, inbox_id, state, sender_value, was_learnt, line is not null as was_shown
from quarantine where id = :id for update;

-- name: content
select signal from journal where id = :signal_id and received_at = :received_at;

-- name: confirm
update quarantine set state = 'confirmed', was_learnt = true where id = :id;

-- name: hold_again
update quarantine set state = 'held', was_learnt = false where id = :id;

-- name: forget_row
delete from quarantine where id = :id;

-- name: send_through
with back as (delete from quarantine where id = :id returning *)
insert into work (id, signal_id, received_at, lane, priority, due_at)
select id, signal_id, received_at, lane, priority, '-infinity' from back;

-- name: learn
insert into learnt (inbox_id, unwanted, wanted) values (:inbox_id, greatest(:unwanted::int, 0), greatest(:wanted::int, 0))
on conflict (inbox_id) do update set unwanted = greatest(learnt.unwanted + :unwanted, 0),
  wanted = greatest(learnt.wanted + :wanted, 0);

-- name: learn_words
insert into learnt_word (inbox_id, word, unwanted, wanted)
select :inbox_id::uuid, word, greatest(:unwanted::int, 0), greatest(:wanted::int, 0)
from unnest(:words::int[]) as word order by word
on conflict (inbox_id, word) do update set unwanted = greatest(learnt_word.unwanted + :unwanted, 0),
  wanted = greatest(learnt_word.wanted + :wanted, 0);

-- name: set_rule
insert into sender_rule (inbox_id, pattern, is_trusted) values (:inbox_id, :pattern, :is_trusted)
on conflict (inbox_id, pattern) do update set is_trusted = excluded.is_trusted, at = now();

-- name: drop_rule
delete from sender_rule where inbox_id = :inbox_id and pattern = :pattern;

-- name: rules_of -> SenderRule
select pattern, is_trusted from sender_rule where inbox_id = :inbox_id order by at desc limit 1000;

-- name: inbox_exists
select id from inbox where id = :id;

-- name: mark -> Taken
with line as (
  select i.* from interaction i where i.id = :interaction_id and i.direction = 'in' for update
), before as (
  select c.* from conversation c join line on line.conversation_id = c.id for update of c
), kept as (
  insert into quarantine (id, signal_id, received_at, inbox_id, channel, lane, priority, held_at, was_learnt, reason,
    sender_kind, sender_value, sender_name, subject, beginning, line, stood)
  select :id, line.id, line.received_at, line.inbox_id, line.channel, 0, 1, :now, true, :reason,
    coalesce(s.kind, ''), coalesce(s.value, ''), coalesce(s.name, ''), line.subject,
    left(regexp_replace(left(line.text, 2000), '\s+', ' ', 'g'), :longest),
    to_jsonb(line) - 'words' || jsonb_build_object('files',
      (select coalesce(jsonb_agg(to_jsonb(a) order by a.position), '[]') from attachment a where a.interaction_id = line.id)),
    jsonb_build_object('version', before.version + 1, 'state', before.state, 'due_at', before.due_at,
      'unread', before.unread)
  from line join before on before.id = line.conversation_id left join identity s on s.id = line.identity_id
), others as (
  select exists (
    select from interaction o join line on o.conversation_id = line.conversation_id
    where o.direction = 'in' and o.id <> line.id
  ) as some
), counted as (
  update conversation w set interactions = w.interactions - 1, version = w.version + 1
  from before where w.id = any (above(before.joined_to))
)
update conversation c set interactions = c.interactions - 1, version = c.version + 1,
  state = case when others.some then c.state else 'resolved' end,
  due_at = case when others.some then c.due_at end,
  unread = c.unread and others.some
from before, others where c.id = before.id
returning :interaction_id::uuid as interaction_id, c.customer_id, c.id as conversation_id, c.queue_id,
  before.state = 'open' and c.joined_to is null as was_open, c.state = 'open' and c.joined_to is null as is_open;

-- name: take_out
delete from interaction where id = :id;

-- name: put_back -> Taken
with kept as (
  select r.*, q.stood from quarantine q
  cross join lateral jsonb_populate_record(null::interaction, q.line) r
  where q.id = :id and q.line is not null
), before as (
  select c.* from conversation c join kept on kept.conversation_id = c.id for update of c
), line as (
  insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
    received_at, subject, text, said, html, message_id, recipients, attested, agent_id, delivery, delivery_detail,
    send_at, once, erased_at)
  select kept.id, before.customer_id, identity_id, conversation_id, kept.inbox_id, kept.channel, direction, kind,
    happened_at, received_at, subject, text, said, html, message_id, recipients, attested, kept.agent_id, delivery,
    delivery_detail, send_at, once, erased_at
  from kept join before on before.id = kept.conversation_id
  returning id, conversation_id
), counted as (
  update conversation w set interactions = w.interactions + 1, version = w.version + 1
  from before where w.id = any (above(before.joined_to))
)
update conversation c set interactions = c.interactions + 1, version = c.version + 1,
  state = case when (kept.stood ->> 'version')::int = c.version then kept.stood ->> 'state' else 'open' end,
  due_at = coalesce(c.due_at, (kept.stood ->> 'due_at')::timestamptz),
  unread = case when (kept.stood ->> 'version')::int = c.version then (kept.stood ->> 'unread')::boolean else true end
from line, before, kept where c.id = line.conversation_id and before.id = c.id
returning line.id as interaction_id, c.customer_id, c.id as conversation_id, c.queue_id,
  before.state = 'open' and c.joined_to is null as was_open, c.state = 'open' and c.joined_to is null as is_open;

-- name: put_files_back
insert into attachment
select f.* from quarantine q cross join lateral jsonb_populate_recordset(null::attachment, q.line -> 'files') f
where q.id = :id;

-- name: outdated
select id from quarantine where state <> 'erased' and held_at < :before order by held_at limit :most for update skip locked;

-- name: erase
with gone as (
  update quarantine set state = 'erased', sender_value = '', sender_name = '', subject = '', beginning = '', reason = '',
    line = null, stood = null
  where id = any (:ids::uuid[]) and state <> 'erased'
  returning signal_id, received_at
), emptied as (
  update journal j set signal = '', raw = null, raw_file = null from gone
  where j.id = gone.signal_id and j.received_at = gone.received_at
), read as (
  delete from reading r using gone where r.signal_id = gone.signal_id
)
delete from file_use f using gone where f.owner_id = gone.signal_id;
