-- Customers with a long story and a short one, who said something each minute; every third line something was done.
insert into customer (id, name, city, country, language)
values ('00000000-0000-7000-8000-0000000000c1', 'Ioanna Papadaki', 'Athens', 'GR', 'el'),
  ('00000000-0000-7000-8000-0000000000c2', 'Nils Neumann', 'Hamburg', 'DE', 'de');
insert into identity (id, kind, value, name, customer_id, evidence)
select gen_random_uuid(), 'mailbox', lower(split_part(name, ' ', 1)) || '@long.example', name, id, 'unverified'
from customer where id in ('00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000c2');
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, opened_at, last_at)
select b.id, b.customer_id, inbox.id, inbox.queue_id, inbox.channel, b.matter, b.state, now(), b.last_at
from (values
  ('00000000-0000-7000-8000-0000000000b1'::uuid, '00000000-0000-7000-8000-0000000000c1'::uuid, 'A week of minutes',
    'open', now()),
  ('00000000-0000-7000-8000-0000000000b2', '00000000-0000-7000-8000-0000000000c1', 'Long ago', 'resolved',
    now() - 8000 * interval '1 minute'),
  ('00000000-0000-7000-8000-0000000000b3', '00000000-0000-7000-8000-0000000000c2', 'Ten minutes', 'open', now())
) b (id, customer_id, matter, state, last_at), (select * from inbox order by id limit 1) inbox;
insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind,
  happened_at, received_at, subject, text, said, message_id)
select gen_random_uuid(), i.customer_id, i.id,
  case when who.long and n between 8000 and 8020 then '00000000-0000-7000-8000-0000000000b2'
    when who.long then '00000000-0000-7000-8000-0000000000b1' else '00000000-0000-7000-8000-0000000000b3' end::uuid,
  inbox.id, inbox.channel, case when n % 7 = 0 then 'out' else 'in' end, 'message',
  now() - n * interval '1 minute',
  now() - n * interval '1 minute' + case when n % 50 = 0 then interval '2 days' else interval '0' end,
  'Minute', 'No. ' || n || '. ' || repeat('My parcel is still not here, and the machine knocks. ', n % 5) ||
    case when n = 601 then 'The pump hums like a walrus.' else '' end ||
    case when n = 9001 then E'\n> a walrus, quoted' else '' end,
  case when n = 9001 then 'No. 9001. Yes.' else '' end, ''
from identity i join (values ('ioanna@long.example', true, 10000), ('nils@long.example', false, 10))
  who (value, long, lines) on who.value = i.value,
  generate_series(1, who.lines) n, (select * from inbox order by id limit 1) inbox
where n % 3 > 0;
insert into action (id, customer_id, conversation_id, agent_id, happened_at, verb, detail)
select gen_random_uuid(), c.customer_id, c.id, (select id from agent order by id limit 1),
  now() - n * interval '1 minute', 'took', 'No. ' || n || '.'
from conversation c join (values ('A week of minutes', 10000), ('Ten minutes', 10)) who (matter, lines)
  on who.matter = c.matter, generate_series(3, who.lines, 3) n;
