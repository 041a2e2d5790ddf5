-- Privacy: everything of a person, wherever it lies. `tests/privacy/test_catalogue.py` has every column.

-- name: name_of
select name from customer where id = :id and erased_at is null;

-- name: hold_customers
select id from customer where id = any (:customer_ids::uuid[]) order by id for update;

-- name: known_by -> Known
select kind, value from identity where customer_id = any (:customer_ids::uuid[]) order by kind, value;

-- name: lines -> Line
select id, received_at, message_id, delivery from interaction
where (customer_id = any (:customer_ids::uuid[])
    or identity_id in (select id from identity where customer_id = any (:customer_ids::uuid[])))
  and erased_at is null
order by id;

-- name: copies
select signal_id, received_at from copy where interaction_id = any (:ids::uuid[]) and signal_id <> interaction_id;

-- name: waiting -> Waiting
select w.signal_id, w.received_at, w.inbox_id, w.is_counted, j.signal
from (
  select work.signal_id, work.received_at, journal.inbox_id, false as is_counted
  from work join journal on journal.id = work.signal_id and journal.received_at = work.received_at
  where not is_reading
  union all
  select signal_id, received_at, inbox_id, is_reading from undelivered
  union all
  select signal_id, received_at, inbox_id, true from quarantine where state <> 'erased'
) w
join journal j on j.id = w.signal_id and j.received_at = w.received_at
where exists (select from unnest(:vals::text[]) as v where position(convert_to(v, 'UTF8') in j.signal) > 0);

-- name: is_worked_on
select exists (select from work where signal_id = any (:ids::uuid[]) and owner is not null);

-- name: counts
select 'attachments', count(*) from attachment where interaction_id = any (:ids::uuid[])
union all select 'conversations', count(*) from conversation where customer_id = any (:customer_ids::uuid[])
union all select 'drafts', count(*) from draft d join conversation c on c.id = d.conversation_id
  where c.customer_id = any (:customer_ids::uuid[])
union all select 'orders', count(*) from sales_order where customer_id = any (:customer_ids::uuid[])
union all select 'choices', count(*) from choice where customer_id = any (:customer_ids::uuid[]);

-- name: signals
select j.signal from unnest(:ids::uuid[], :received::timestamptz[]) as t (id, received_at)
join journal j on j.id = t.id and j.received_at = t.received_at;

-- name: hide_seen
update seen s set external_id = t.new
from unnest(:inbox_ids::uuid[], :olds::text[], :news::text[]) as t (inbox_id, old, new)
where s.inbox_id = t.inbox_id and s.external_id = t.old;

-- name: erase_refusals
delete from import_refusal where message_id = any (:names::text[]);

-- name: erase_attachments
delete from attachment where interaction_id = any (:ids::uuid[]) returning id;

-- name: erase_draft_files
delete from draft_attachment f using draft d, conversation c
where d.id = f.draft_id and c.id = d.conversation_id and c.customer_id = any (:customer_ids::uuid[]) returning f.id;

-- name: erase_drafts
delete from draft d using conversation c where c.id = d.conversation_id and c.customer_id = any (:customer_ids::uuid[]);

-- name: erase_replies
update reply set bcc = '[]', signature = '' where id = any (:ids::uuid[]);

-- name: erase_mentions
delete from mention where interaction_id = any (:ids::uuid[]);

-- name: erase_lines
update interaction set subject = '', text = '', said = '', html = '', message_id = '', recipients = '[]',
  attested = '{}', delivery_detail = '', once = null,
  identity_id = case when :keeps_who::boolean then identity_id end, erased_at = :now
where id = any (:ids::uuid[]);

-- name: let_go
delete from file_use where owner_id = any (:owner_ids::uuid[]) returning sha256;

-- name: count_erased
insert into erased_signal (signal_id, inbox_id, received_at)
select * from unnest(:ids::uuid[], :inbox_ids::uuid[], :received::timestamptz[]) on conflict do nothing;

-- name: empty_journal
update journal j set signal = '', raw = null, raw_file = null, sealed_at = null
from unnest(:ids::uuid[], :received::timestamptz[]) as t (id, received_at)
where j.id = t.id and j.received_at = t.received_at;

-- name: erase_readings
delete from reading where signal_id = any (:ids::uuid[]);

-- name: erase_work
delete from work where signal_id = any (:ids::uuid[]);

-- name: erase_undelivered
delete from undelivered where signal_id = any (:ids::uuid[]);

-- name: erase_quarantine
update quarantine set state = 'erased', sender_value = '', sender_name = '', subject = '', beginning = '', reason = '',
  line = null, stood = null
where signal_id = any (:ids::uuid[]);

-- name: erase_jobs
delete from job where key = any (:keys::text[]);

-- name: erase_dead_jobs
delete from dead_job d
where exists (select from unnest(:keys::text[]) as k where position(convert_to(k, 'UTF8') in d.payload) > 0);

-- name: erase_pictures
delete from picture_sender p using unnest(:kinds::text[], :vals::text[]) as t (kind, value)
where p.kind = t.kind and p.value = t.value;

-- name: erase_answered
delete from automatic_answer p using unnest(:kinds::text[], :vals::text[]) as t (kind, value)
where p.kind = t.kind and p.value = t.value;

-- name: erase_rules
delete from sender_rule r using unnest(:kinds::text[], :vals::text[]) as t (kind, value)
where r.pattern = lower(t.value) and t.kind <> '';

-- name: shops -> Shop
select source, external_id from shop_customer where customer_id = any (:customer_ids::uuid[]);

-- name: hide_shops
update shop_customer s set external_id = t.new, said = ''
from unnest(:sources::text[], :olds::text[], :news::text[]) as t (source, old, new)
where s.source = t.source and s.external_id = t.old;

-- name: erase_orders
update sales_order set ship_to = '{}', bill_to = '{}' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_payments
update payment set method = '' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_refunds
update refund set reason = '' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_returns
update sales_return set reason = '', lines = '[]' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_shipments
update shipment set tracking_no = '' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_tracking
update tracking_event set place = '', detail = '' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_actions
update action set detail = '' where customer_id = any (:customer_ids::uuid[]);

-- name: erase_awaited
delete from awaited_name where customer_id = any (:customer_ids::uuid[]);

-- name: erase_stood
delete from stood_before s using conversation c
where c.id = s.conversation_id and c.customer_id = any (:customer_ids::uuid[]);

-- name: erase_links
delete from choice_link where customer_id = any (:customer_ids::uuid[]);

-- name: erase_choices
delete from choice where customer_id = any (:customer_ids::uuid[]);

-- name: erase_merges
update customer_link set why = '', reasons = '[]'
where id in (
  select id from customer_link where one_id = any (:customer_ids::uuid[])
  union select id from customer_link where other_id = any (:customer_ids::uuid[])
);

-- name: erase_described
with described as (delete from description where customer_id = any (:customer_ids::uuid[]))
delete from block where customer_id = any (:customer_ids::uuid[]);

-- name: erase_held
delete from holder where customer_id = any (:customer_ids::uuid[])
  or (kind, value) in (select kind, value from identity where customer_id = any (:customer_ids::uuid[]));

-- name: erase_matches
delete from possible_match where one_id = any (:customer_ids::uuid[]) or other_id = any (:customer_ids::uuid[]);

-- name: erase_recognised
delete from recognised where interaction_id = any (:ids::uuid[]);

-- name: erase_identities
delete from identity where customer_id = any (:customer_ids::uuid[]);

-- name: shut_conversations -> Shut
with before as (
  select id, state, joined_to from conversation where customer_id = any (:customer_ids::uuid[]) order by id for update
)
update conversation c set matter = '', orders = '{}', state = 'resolved', agent_id = null, due_at = null, unread = false,
  version = version + 1
from before where c.id = before.id
returning c.queue_id, before.state = 'open' and before.joined_to is null as was_open;

-- name: erase_customers
update customer set name = '', city = '', country = '', language = '', erased_at = :now
where id = any (:customer_ids::uuid[]);

-- name: leave_tombstone
insert into erasure (id, at, agent_id, customer_ids, keys, seen)
values (:id, :at, :agent_id::uuid, :customer_ids, :keys, :seen) on conflict (id) do nothing;

-- name: tombstones -> Tombstone
select id, at, customer_ids, keys, seen from erasure order by id;

-- name: erasure -> Tombstone
select id, at, customer_ids, keys, seen from erasure where id = :id;

-- name: addresses
select kind, value, customer_id from identity where linked_at < :before;

-- name: still_there
select id from customer where id = any (:customer_ids::uuid[]) and (
  erased_at is null
  or exists (select from interaction i where i.customer_id = customer.id and i.erased_at is null)
  or exists (select from identity i where i.customer_id = customer.id)
);

-- name: still_used
select sha256 from file_use where sha256 = any (:sha256s::text[]);

-- name: outdated -> Line
select i.id, i.received_at, i.message_id, i.delivery
from inbox b cross join lateral (
  select id, received_at, message_id, delivery from interaction
  where interaction.inbox_id = b.id and interaction.received_at < :now::timestamptz - make_interval(days => b.keep_days)
    and interaction.erased_at is null and interaction.delivery <> 'queued'
  limit :most
) i
where b.keep_days is not null limit :most;

-- name: outdated_undelivered -> Waiting
select u.signal_id, u.received_at, u.inbox_id, u.is_reading as is_counted, ''::bytea as signal
from undelivered u join inbox b on b.id = u.inbox_id
where u.received_at < :now::timestamptz - make_interval(days => b.keep_days) limit :most for update of u skip locked;

-- name: forget_matters
update conversation c set matter = '', version = version + 1
where c.id in (select conversation_id from interaction where id = any (:ids::uuid[])) and c.matter <> ''
  and not exists (select from interaction i where i.conversation_id = c.id and i.erased_at is null);

-- Wider than one page: all that is exported of a customer, part by part.
-- name: exported
select json_build_object(
  'customer', (select json_build_object('id', c.id, 'name', c.name, 'city', c.city, 'country', c.country,
    'language', c.language, 'created_at', c.created_at) from customer c where c.id = (:customer_ids::uuid[])[1]),
  'addresses', (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value, 'name', i.name,
    'evidence', i.evidence, 'linked_at', i.linked_at) order by i.linked_at, i.id), '[]')
    from identity i where i.customer_id = any (:customer_ids::uuid[])),
  'shared_addresses', (select coalesce(json_agg(json_build_object('kind', h.kind, 'value', h.value, 'name', h.name,
    'since', h.since) order by h.since, h.kind, h.value), '[]')
    from holder h where h.customer_id = any (:customer_ids::uuid[])),
  'descriptions', (select coalesce(json_agg(json_build_object('source', d.source, 'external_id', d.external_id,
    'described_at', d.described_at, 'said', d.said) order by d.described_at, d.id), '[]')
    from description d where d.customer_id = any (:customer_ids::uuid[])),
  'choices', (select coalesce(json_agg(json_build_object('said_at', c.said_at, 'said_by', c.said_by, 'how', c.how,
    'ended_at', c.ended_at, 'choices', convert_from(c.content, 'UTF8')::json) order by c.said_at), '[]')
    from choice c where c.customer_id = any (:customer_ids::uuid[])),
  'orders', (select coalesce(json_agg(json_build_object('order_no', o.order_no, 'placed_at', o.placed_at,
    'state', o.state, 'currency', o.currency, 'total_minor', o.total_minor, 'ship_to', o.ship_to, 'bill_to', o.bill_to,
    'line_items', (select coalesce(json_agg(json_build_object('title', l.title, 'quantity', l.quantity,
      'price_minor', l.price_minor) order by l.position), '[]') from line_item l where l.order_id = o.id),
    'payments', (select coalesce(json_agg(json_build_object('happened_at', p.happened_at, 'state', p.state,
      'method', p.method, 'amount_minor', p.amount_minor, 'currency', p.currency) order by p.happened_at), '[]')
      from payment p where p.order_id = o.id),
    'refunds', (select coalesce(json_agg(json_build_object('happened_at', r.happened_at, 'state', r.state,
      'reason', r.reason, 'amount_minor', r.amount_minor, 'currency', r.currency) order by r.happened_at), '[]')
      from refund r where r.order_id = o.id),
    'returns', (select coalesce(json_agg(json_build_object('happened_at', r.happened_at, 'state', r.state,
      'reason', r.reason) order by r.happened_at), '[]') from sales_return r where r.order_id = o.id),
    'shipments', (select coalesce(json_agg(json_build_object('carrier', s.carrier, 'tracking_no', s.tracking_no,
      'state', s.state, 'events', (select coalesce(json_agg(json_build_object('happened_at', t.happened_at,
        'step', t.step, 'place', t.place, 'detail', t.detail) order by t.happened_at), '[]')
        from tracking_event t where t.shipment_id = s.id)) order by s.created_at), '[]')
      from shipment s where s.order_id = o.id)
    ) order by o.placed_at), '[]') from sales_order o where o.customer_id = any (:customer_ids::uuid[]))
)::text
where exists (select from customer where id = (:customer_ids::uuid[])[1]);

-- name: exported_messages -> Exported
select i.id, i.happened_at, i.channel, i.direction, coalesce(s.name, '') as sender_name,
  coalesce(s.value, '') as sender, coalesce(a.name, '') as agent, i.recipients, i.subject, i.text, i.html,
  (select coalesce(json_agg(json_build_object('name', f.name, 'media_type', f.media_type, 'size', f.size,
    'sha256', f.sha256) order by f.position), '[]') from attachment f where f.interaction_id = i.id)::text as files
from (
  select * from interaction where customer_id = any (:customer_ids::uuid[])
    and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid) and erased_at is null
  order by happened_at, id limit :most
) i
left join identity s on s.id = i.identity_id left join agent a on a.id = i.agent_id
order by i.happened_at, i.id;
