-- 400 conversations of one customer. Promises come in nine moments, and every tenth conversation has none.
insert into customer (id, name) values ('00000000-0000-7000-8000-0000000000c1', 'Ioanna');
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, agent_id, opened_at,
  last_at, due_at)
select gen_random_uuid(), '00000000-0000-7000-8000-0000000000c1', :inbox_id, :queue_id, 'memory', 'Matter ' || n,
  case when n <= 300 then 'open' when n <= 340 then 'waiting' else 'resolved' end,
  case n % 3 when 0 then :maren::uuid when 1 then :leo::uuid end,
  '2026-03-01', timestamptz '2026-03-01' + n % 13 * interval '1 hour',
  case when n <= 300 and n % 10 <> 0 then timestamptz '2026-03-02' + n % 9 * interval '1 hour' end
from generate_series(1, 400) n;
insert into queue_delta (id, queue_id, waiting) select gen_random_uuid(), :queue_id, 1 from generate_series(1, 300);
