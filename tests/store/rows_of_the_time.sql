-- Some rows of a house that stood still after each migration. Each part runs when its migration has run.

-- after 0001_store
insert into queue (id, name) values ('00000000-0000-7000-8000-000000000001', 'Care');
insert into inbox (id, channel, name, address, queue_id)
values ('00000000-0000-7000-8000-000000000002', 'memory', 'Care', 'care@shop.example',
  '00000000-0000-7000-8000-000000000001');
insert into journal (id, received_at, inbox_id, channel, signal)
values ('00000000-0000-7000-8000-000000000003', now(), '00000000-0000-7000-8000-000000000002', 'memory', '{}');
insert into seen values ('00000000-0000-7000-8000-000000000002', 'm1', '00000000-0000-7000-8000-000000000003');
insert into event (seq, id, at, kind, data)
values (1, '00000000-0000-7000-8000-000000000004', now(), 'signal.shown', '{}');
update event_number set last = 1;
insert into outbox (id, kind) values ('00000000-0000-7000-8000-000000000005', 'signal.shown');
insert into job (id, kind, key, payload, due_at)
values ('00000000-0000-7000-8000-000000000006', 'reply.send', 'k', '""', now());

-- after 0002_people
insert into agent (id, sign_in, name, role, password)
values ('00000000-0000-7000-8000-000000000007', 'maren', 'Maren', 'agent', 'x');
insert into session (token, agent_id, csrf, created_at, seen_at, expires_at)
values ('t', '00000000-0000-7000-8000-000000000007', 'c', now(), now(), now() + interval '1 hour');

-- after 0003_customers
insert into customer (id, name) values ('00000000-0000-7000-8000-000000000008', 'Ioanna');
insert into identity (id, kind, value, customer_id, evidence)
values ('00000000-0000-7000-8000-000000000009', 'mailbox', 'ioanna@mail.example',
  '00000000-0000-7000-8000-000000000008', 'unverified');
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, opened_at, last_at)
values ('00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-000000000008',
  '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'memory', 'Where is it?',
  'open', now(), now());
insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, happened_at,
  received_at, text)
values ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000008',
  '00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-000000000002', 'memory', 'in', 'message',
  now(), now(), 'Where is it?');

-- after 0004_commerce
insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, currency, total_minor)
values ('00000000-0000-7000-8000-00000000000b', 'shop', '1', '1001', '00000000-0000-7000-8000-000000000008',
  now(), 'open', 'EUR', 1250);
