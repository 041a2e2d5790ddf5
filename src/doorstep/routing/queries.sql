-- name: routes -> Route
select id as inbox_id, queue_id, reply_within,
  exists (select from automatic_answers a where a.inbox_id = inbox.id) as answers_itself
from inbox where id = any (:inbox_ids::uuid[]);

-- name: count_waiting
insert into queue_delta (id, queue_id, waiting)
select * from unnest(:ids::uuid[], :queue_ids::uuid[], :waiting::int[]);

-- name: fold_counts
with gone as (
  delete from queue_delta where id in (select id from queue_delta order by id limit 10000)
  returning queue_id, waiting
), sums as (
  select queue_id, sum(waiting) as waiting from gone group by queue_id
)
insert into queue_count (queue_id, waiting) select queue_id, waiting from sums
on conflict (queue_id) do update set waiting = queue_count.waiting + excluded.waiting;

-- name: waiting_in -> Waiting
select queue.id as queue_id,
  coalesce(queue_count.waiting, 0) + coalesce((select sum(waiting) from queue_delta d where d.queue_id = queue.id), 0)
    as waiting
from queue left join queue_count on queue_count.queue_id = queue.id;
