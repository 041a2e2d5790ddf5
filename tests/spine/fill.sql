-- 100,000 rows in every table the spine touches, and no statistics: autovacuum is off for them.
do $$
declare t text;
begin
  foreach t in array array['customer', 'identity', 'conversation', 'interaction', 'awaited_name',
    'seen', 'copy', 'holder', 'recognised', 'sales_order', 'inbox', 'work', 'outbox', 'attachment', 'reading', 'queue_delta', 'undelivered', 'quarantine', 'sender_rule', 'learnt', 'learnt_word'] loop
    execute format('alter table %I set (autovacuum_enabled = false)', t);
  end loop;
end $$;

create temp table n as select g, md5('a' || g)::uuid as id, md5('b' || g)::uuid as other from generate_series(1, 100000) g;

insert into customer (id, name) select id, 'Person ' || g from n;
insert into identity (id, kind, value, customer_id, evidence)
  select other, 'mailbox', 'p' || g || '@bench.example', id, 'unverified' from n;
insert into holder (kind, value, customer_id, name, evidence)
  select 'mailbox', 'p' || g || '@bench.example', other, 'Somebody ' || g, 'shop' from n;
insert into recognised (interaction_id, customer_id, confidence, reasons, is_question) select id, id, 1, '[]', false from n;
insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, currency, total_minor)
  select id, 'shop', 'A-' || g, 'A-' || g, id, now(), 'open', 'EUR', 1 from n;
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, opened_at, last_at, due_at)
  select n.other, n.id, inbox.id, inbox.queue_id, 'memory', 'Matter', 'open', now(), now(), now()
  from n, inbox;
insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind,
    happened_at, received_at, text, message_id, once)
  select n.id, n.id, n.other, n.other, inbox.id, 'memory', 'in', 'message', now(), now(), 'Where is it', '<m' || g || '@bench>', n.id
  from n, inbox;
insert into awaited_name (name, customer_id, conversation_id) select '<w' || g || '@bench>', id, other from n;
insert into seen (inbox_id, external_id, signal_id) select inbox.id, 'e' || g, n.id from n, inbox;
insert into copy (signal_id, interaction_id, inbox_id, received_at) select n.other, n.id, inbox.id, now() from n, inbox;
insert into journal (id, received_at, inbox_id, channel, signal)
  select n.id, now(), inbox.id, 'memory', '{}' from n, inbox;
insert into work (id, signal_id, received_at, lane, priority, due_at)
  select n.id, n.id, now(), g, 2, now() + interval '1 day' from n;
insert into reading (signal_id, name, id, content) select id, 'ocr', other, '{}' from n;
insert into attachment (id, interaction_id, position, name, media_type, size, sha256) select id, id, 0, 'a', 'a', 1, 'a' from n;
insert into queue_delta (id, queue_id, waiting) select n.id, inbox.queue_id, 1 from n, inbox;
insert into sender_rule (inbox_id, pattern, is_trusted) select inbox.id, 'r' || g || '@bench.example', false from n, inbox;
insert into learnt (inbox_id, unwanted, wanted) select id, 100, 100 from n union all select id, 100, 100 from inbox;
insert into learnt_word (inbox_id, word, unwanted, wanted) select inbox.id, g, 1, 1 from n, inbox;
insert into outbox (id, kind) select id, 'bench' from n;
insert into inbox (id, channel, name, address, queue_id)
  select n.id, 'memory', 'Inbox', 'inbox' || g || '@bench.example', queue.id from n, queue where g <= 1000;
insert into automatic_answers (inbox_id, content) select id, '{}' from inbox;
