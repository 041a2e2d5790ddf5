-- 1,000 entries of every kind of one customer, many at the same moment, and one entry of somebody else's.
insert into customer (id, name, city, country, language)
values ('00000000-0000-7000-8000-0000000000c1', 'Ioanna', 'Athens', 'GR', 'el'),
  ('00000000-0000-7000-8000-0000000000c2', 'Nobody', '', '', '');
insert into identity (id, kind, value, name, customer_id, evidence)
values ('00000000-0000-7000-8000-0000000000d1', 'mailbox', 'ioanna@mail.example', 'Ioanna',
  '00000000-0000-7000-8000-0000000000c1', 'unverified');
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, opened_at, last_at)
values ('00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-0000000000c1', :inbox_id, :queue_id,
  'memory', 'Where is it?', 'open', '2026-03-01', '2026-03-01');
insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind,
  happened_at, received_at, subject, text, html, agent_id, delivery, send_at)
select gen_random_uuid(), '00000000-0000-7000-8000-0000000000c1',
  case when n % 3 = 0 then '00000000-0000-7000-8000-0000000000d1'::uuid end, '00000000-0000-7000-8000-0000000000b1',
  :inbox_id, 'memory', (array['in', 'out', 'note'])[n % 3 + 1], 'message',
  timestamptz '2026-03-01' + n % 40 * interval '1 minute', '2026-03-02', 'S', 'Text "' || n || E'" \\ \n\t\u2028 ü 🦊', '',
  case when n % 3 > 0 then :agent_id::uuid end, case when n % 3 = 1 then 'sent' else '' end,
  case when n % 3 = 1 then timestamptz '2026-03-01 00:00:00.000001' end
from generate_series(1, 200) n;
insert into attachment (id, interaction_id, position, name, media_type, size, sha256)
select gen_random_uuid(), id, 0, 'a "name".png', 'image/png', 3000000000, repeat('ab', 32) from interaction limit 50;
insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, currency, total_minor,
  promised_on)
select gen_random_uuid(), 'shop', n::text, n::text, '00000000-0000-7000-8000-0000000000c1',
  timestamptz '2026-03-01' + n % 40 * interval '1 minute', 'open', 'EUR', 9000000000 + n,
  case when n % 2 = 0 then date '2026-03-09' end
from generate_series(1, 100) n;
insert into line_item (id, order_id, position, title, quantity, price_minor)
select gen_random_uuid(), id, 0, 'Filter', 2, 2890 from sales_order;
insert into payment (id, source, external_id, order_id, customer_id, happened_at, state, method, amount_minor, currency)
select gen_random_uuid(), 'shop', order_no || '/' || n, id, customer_id, placed_at, 'paid', 'card', 100, 'EUR'
from sales_order, generate_series(1, 2) n;
insert into refund (id, source, external_id, order_id, customer_id, happened_at, state, reason, amount_minor, currency)
select gen_random_uuid(), 'shop', order_no, id, customer_id, placed_at, 'paid', 'late', 100, 'EUR' from sales_order;
insert into shipment (id, source, external_id, order_id, customer_id, carrier, tracking_no, state, created_at)
select gen_random_uuid(), 'shop', order_no, id, customer_id, 'Post', 'T' || order_no, 'sent', placed_at from sales_order;
insert into tracking_event (id, shipment_id, customer_id, happened_at, step, place)
select gen_random_uuid(), id, customer_id, created_at, step, 'Hamburg' from shipment, unnest(array['packed', 'sent']) step;
insert into sales_return (id, source, external_id, order_id, customer_id, happened_at, state, reason)
select gen_random_uuid(), 'shop', order_no, id, customer_id, placed_at, 'asked', 'broken' from sales_order;
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb)
select gen_random_uuid(), '00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000b1', :agent_id,
  timestamptz '2026-03-01' + n % 40 * interval '1 minute', 'took'
from generate_series(1, 100) n;
insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
  received_at, text)
select gen_random_uuid(), '00000000-0000-7000-8000-0000000000c2', '00000000-0000-7000-8000-0000000000b1', :inbox_id,
  'memory', 'in', 'message', '2026-03-01', '2026-03-01', 'Somebody else';
