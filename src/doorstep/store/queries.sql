-- The store's own statements: events, leases, jobs, partitions.

-- name: tell
insert into outbox (id, kind, customer_id, conversation_id, subject_id, actor_id, data)
values (:id, :kind, :customer_id, :conversation_id, :subject_id, :actor_id, :data::text::jsonb);

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

-- name: lease_is_held
select exists (
  select from lease where name = :name and owner = :owner and token = :token and until > now() for share
);

-- name: is_held
select exists (select from lease where name = :name and until > now());

-- name: add_job
insert into job (id, kind, key, payload, due_at)
values (:id, :kind, :key, :payload, :due_at)
on conflict (kind, key) where key is not null do update
  set id = excluded.id, payload = excluded.payload, due_at = excluded.due_at, tries = 0,
      owner = null, until = null, created_at = now()
  where job.owner is not null;

-- name: cancel_job
delete from job where kind = :kind and key = :key and owner is null;

-- name: claim_jobs -> Job
with due as (
  select id, due_at from job where owner is null and due_at <= :now and kind = any (:kinds::text[])
  order by due_at limit :most for update skip locked
), left_behind as (
  select id, until as due_at from job where owner is not null and until < now() and kind = any (:kinds::text[])
    and id <> all (:busy::uuid[])
  order by until limit :most for update skip locked
)
update job set owner = :owner, until = now() + :length::interval, tries = tries + 1
where id = any (array(
  select id from (select * from due union all select * from left_behind) both_kinds order by due_at limit :most
))
returning id, kind, payload, tries;

-- name: next_due
select min(due_at) from job where owner is null and kind = any (:kinds::text[]);

-- name: keep_jobs
update job set until = now() + :length::interval where owner = :owner and id = any (:ids::uuid[]);

-- name: finish_job
delete from job where id = :id and owner = :owner;

-- name: retry_job
update job set owner = null, until = null, due_at = :due_at, tries = :tries where id = :id and owner = :owner;

-- name: bury_job
with gone as (delete from job where id = :id and owner = :owner returning *)
insert into dead_job (id, kind, payload, tries, created_at, error)
select id, kind, payload, tries, created_at, :error from gone;

-- name: revive_job
with back as (delete from dead_job where id = :id returning *)
insert into job (id, kind, payload, due_at) select id, kind, payload, now() from back;

-- name: dead_jobs -> DeadJob
select id, kind, tries, created_at, died_at, error from dead_job order by died_at desc limit :most;

-- name: use_files
insert into file_use (sha256, owner_id)
select * from unnest(:sha256s::text[], :owner_ids::uuid[])
on conflict do nothing;

-- name: used_files
select sha256 from unnest(:sha256s::text[]) as t (sha256)
where exists (select from file_use where file_use.sha256 = t.sha256);
