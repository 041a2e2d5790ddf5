-- The store's own statements: events, leases, jobs, partitions.

-- name: tell
insert into outbox (id, kind, customer_id, conversation_id, subject_id, actor_id, data)
values (:id, :kind, :customer_id, :conversation_id, :subject_id, :actor_id, :data::text::jsonb);

-- name: tell_many
insert into outbox (id, kind, customer_id, conversation_id, subject_id, actor_id)
select t.id, :kind, t.customer_id, t.conversation_id, t.subject_id, :actor_id::uuid
from unnest(:ids::uuid[], :customer_ids::uuid[], :conversation_ids::uuid[], :subject_ids::uuid[])
  as t (id, customer_id, conversation_id, subject_id);

-- name: sequence
with told as (
  delete from outbox where id = any (array(select id from outbox order by id limit :most for update))
  returning *
), counter as (
  update event_number set last = last + (select count(*) from told) returning last
)
insert into event (seq, id, at, kind, customer_id, conversation_id, subject_id, actor_id, data)
select counter.last - count(*) over () + row_number() over (order by told.id),
  told.id, told.at, told.kind, told.customer_id, told.conversation_id, told.subject_id, told.actor_id, told.data
from told, counter;

-- name: last_seq
select last from event_number;

-- name: events_after -> Event
select seq, at, kind, customer_id, conversation_id, subject_id, actor_id, data::text as data
from event where seq > :after order by seq limit :most;

-- name: oldest_seq
select min(seq) from event;

-- name: take_lease
insert into lease as held (name, owner, token, until)
values (:name, :owner, 1, now() + :length::interval)
on conflict (name) do update
  set owner = excluded.owner, until = excluded.until,
      token = held.token + (held.owner <> excluded.owner)::int
  where held.owner = excluded.owner or held.until < now()
returning token;

-- name: drop_lease
update lease set until = '-infinity' where name = :name and owner = :owner;

-- name: end_leases
update lease set until = '-infinity';

-- name: lease_is_held
select exists (
  select from lease where name = :name and owner = :owner and token = :token and until > now() for share
);

-- name: is_held
select exists (select from lease where name = :name and until > now());

-- name: add_job
insert into job (id, kind, key, lane, payload, due_at)
values (:id, :kind, :key, :lane, :payload, :due_at)
on conflict (kind, key) where key is not null do update
  set id = excluded.id, lane = excluded.lane, payload = excluded.payload, due_at = excluded.due_at, tries = 0,
      owner = null, until = null, created_at = now()
  where job.owner is not null;

-- name: cancel_job
delete from job where kind = :kind and key = :key and owner is null;

-- name: claim_jobs -> Job
with running as (
  select * from unnest(:lanes::text[], :counts::int[]) as t (lane, n)
), waiting as (
  select next.id, next.lane, next.due_at
  from job_lane left join running using (lane)
  cross join lateral (
    select id, lane, due_at from job
    where owner is null and kind = job_lane.kind and lane = job_lane.lane and due_at <= :now
    order by due_at
    limit case when job_lane.lane = '' then :most else least(:most, :a_lane - coalesce(running.n, 0)) end
  ) next
  where job_lane.kind = any (:kinds::text[]) and (job_lane.lane = '' or coalesce(running.n, 0) < :a_lane)
), left_behind as (
  select id, lane, until as due_at from job
  where owner is not null and until < now() and kind = any (:kinds::text[]) and id <> all (:busy::uuid[])
), placed as (
  select id, due_at, lane, coalesce(running.n, 0) + row_number() over (partition by lane order by due_at, id) as place
  from (select * from waiting union all select * from left_behind) candidate left join running using (lane)
), chosen as (
  select id from placed where lane = '' or place <= :a_lane
  order by place, due_at limit :most
)
update job set owner = :owner, until = now() + :length::interval, tries = tries + 1
where id = any (array(
  select id from job where id = any (array(select id from chosen))
    and (owner is null or until < now()) for update skip locked
))
returning id, kind, payload, tries, lane;

-- name: next_due
select min(next.due_at)
from job_lane cross join lateral (
  select due_at from job where owner is null and kind = job_lane.kind and lane = job_lane.lane
  order by due_at limit 1
) next
where job_lane.kind = any (:kinds::text[]) and job_lane.lane <> all (:full::text[]);

-- name: keep_jobs
update job set until = now() + :length::interval where owner = :owner and id = any (:ids::uuid[]);

-- name: finish_job
delete from job where id = :id and owner = :owner;

-- name: retry_job
update job set owner = null, until = null, due_at = :due_at, tries = :tries where id = :id and owner = :owner;

-- name: bury_job
with gone as (delete from job where id = :id and owner = :owner returning *)
insert into dead_job (id, kind, lane, payload, tries, created_at, error)
select id, kind, lane, payload, tries, created_at, :error from gone;

-- name: revive_job
with back as (delete from dead_job where id = :id returning *)
insert into job (id, kind, lane, payload, due_at) select id, kind, lane, payload, now() from back;

-- name: dead_jobs -> DeadJob
select id, kind, tries, created_at, died_at, error from dead_job where id < :before order by id desc limit :most;

-- name: count_dead_jobs
select count(*) from dead_job;

-- name: use_files
insert into file_use (sha256, owner_id)
select * from unnest(:sha256s::text[], :owner_ids::uuid[])
on conflict do nothing;

-- name: let_go_files
delete from file_use using unnest(:owner_ids::uuid[], :sha256s::text[]) as t (owner_id, sha256)
where file_use.sha256 = t.sha256 and file_use.owner_id = t.owner_id;

-- name: used_files
select sha256 from unnest(:sha256s::text[]) as t (sha256)
where exists (select from file_use where file_use.sha256 = t.sha256);

-- name: erasure_key
select key from erasure_key where only_row;
