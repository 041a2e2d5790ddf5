-- The spine's own statements: the way in, claims, undelivered, reconciliation.

-- What is new is due whatever any clock says; only a try that failed waits for a moment.
-- name: journal
with came as (
  select * from unnest(
    :ids::uuid[], :inbox_ids::uuid[], :external_ids::text[], :channels::text[], :signals::bytea[],
    :raws::bytea[], :raw_files::text[], :lanes::int[], :priorities::smallint[], :received::timestamptz[],
    :erased_ids::text[], :sealed::boolean[]
  ) as t (id, inbox_id, external_id, channel, signal, raw, raw_file, lane, priority, received_at, erased_id, is_sealed)
), fresh as (
  insert into seen (inbox_id, external_id, signal_id) select inbox_id, external_id, id from came
  where not exists (select from seen gone where gone.inbox_id = came.inbox_id and gone.external_id = came.erased_id)
  on conflict (inbox_id, external_id) do nothing
  returning signal_id
), kept as (
  insert into journal (id, received_at, inbox_id, channel, signal, raw, raw_file, sealed_at)
  select id, received_at, inbox_id, channel, signal, raw, raw_file, case when is_sealed then received_at end
  from came where id in (select signal_id from fresh)
), todo as (
  insert into work (id, signal_id, received_at, lane, priority, due_at, owner, until)
  select id, id, received_at, lane, priority, '-infinity',
    case when taken.free then :owner::uuid end, case when taken.free then :until::timestamptz end
  from came cross join lateral (
    select not exists (select from work other where other.lane = came.lane) as free
  ) taken
  where id in (select signal_id from fresh)
  returning signal_id, owner is not null as is_claimed
)
select signal_id, is_claimed from todo;

-- name: seen_as
select inbox_id, external_id, signal_id from seen
where (inbox_id, external_id) in (select * from unnest(:inbox_ids::uuid[], :external_ids::text[]));

-- name: keep_checkpoint
insert into checkpoint (inbox_id, value) values (:inbox_id, :value)
on conflict (inbox_id) do update set value = excluded.value, at = now();

-- name: checkpoint
select value from checkpoint where inbox_id = :inbox_id;

-- name: secret
select value from inbox_secret where inbox_id = :inbox_id;

-- name: secret_alone
select value from inbox_secret where inbox_id = :inbox_id for update;

-- name: renew_secret
update inbox_secret set value = :value where inbox_id = :inbox_id;

-- name: inboxes -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings
from inbox where channel = :channel order by address;

-- name: inbox -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings from inbox where id = :id;

-- name: add_reading
with kept as (
  insert into reading (signal_id, name, id, content) values (:signal_id, :name, :id, :content)
  on conflict (signal_id, name) do update set id = excluded.id, content = excluded.content, received_at = now()
)
insert into work (id, signal_id, received_at, lane, priority, due_at, is_reading)
values (:id, :signal_id, :received_at, :lane, :priority, '-infinity', true);

-- name: journalled
select signal from journal where id = :signal_id and received_at = :received_at;

-- name: backlog
select count(*) from (select from work limit :most) w;

-- name: claim_gate
select pg_advisory_xact_lock(:gate);

-- name: reap
with dead as (
  update work set owner = null, until = null, deaths = deaths + 1
  where owner is not null and until < now() and deaths < :most
  returning id
)
select count(*) from dead;

-- name: bury_killers
with gone as (
  delete from work where owner is not null and until < now() and deaths >= :most returning *
)
insert into undelivered (id, signal_id, received_at, inbox_id, channel, lane, priority, is_reading, tries, error)
select gone.id, gone.signal_id, gone.received_at, journal.inbox_id, journal.channel, gone.lane, gone.priority,
  gone.is_reading, gone.tries, 'The worker died each time it took this up.'
from gone join journal on journal.id = gone.signal_id and journal.received_at = gone.received_at;

-- name: claim -> Claimed
with ready as (
  select w.id, w.priority, w.deaths, w.place
  from unnest(:priorities::smallint[]) as class (priority)
  cross join lateral (
    select free.*, row_number() over (order by free.id) as place
    from (
      select id, priority, deaths from (
        select id, priority, deaths, lane from work
        where work.priority = class.priority and owner is null and due_at <= :now
        order by work.id limit :looked_at
      ) oldest
      where not exists (select from work held where held.lane = oldest.lane and held.owner is not null)
      order by id limit :most
    ) free
  ) w
), lonely as (
  select id from ready where deaths >= 2 order by id limit 1
), chosen as (
  select id from lonely
  union all
  (select ready.id from ready join unnest(:priorities::smallint[], :shares::int[]) as class (priority, share) using (priority)
   where not exists (select from lonely)
   order by ready.place > class.share, ready.priority, ready.id limit :most)
), taken as (
  update work set owner = :owner, until = :until from chosen where work.id = chosen.id
  returning work.id, work.signal_id, work.received_at, work.lane, work.priority, work.tries, work.is_reading
)
select taken.id, taken.signal_id, taken.received_at, taken.lane, taken.priority, taken.tries,
  case when sum(octet_length(journal.signal)) over so_far <= :bytes or row_number() over so_far = 1
    then journal.signal end as signal,
  taken.is_reading, reading.contents as readings
from taken
cross join lateral (
  select signal from journal where journal.id = taken.signal_id and journal.received_at = taken.received_at
) journal
cross join lateral (
  select coalesce(array_agg(content order by received_at, id), '{}') as contents
  from reading where reading.signal_id = taken.signal_id
) reading
window so_far as (order by taken.id rows unbounded preceding)
order by taken.id;

-- name: give_back
update work set owner = null, until = null where id = any (:ids::uuid[]) and owner = :owner;

-- name: let_go
update work set owner = null, until = null where owner = :owner;

-- name: try_later
update work set owner = null, until = null, tries = tries + 1, due_at = :due_at
where id = :id and owner = :owner;

-- name: give_up
with gone as (delete from work where id = :id and owner = :owner returning *)
insert into undelivered (id, signal_id, received_at, inbox_id, channel, lane, priority, is_reading, tries, error)
select gone.id, gone.signal_id, gone.received_at, journal.inbox_id, journal.channel, gone.lane, gone.priority,
  gone.is_reading, gone.tries + 1, :error
from gone join journal on journal.id = gone.signal_id and journal.received_at = gone.received_at;

-- name: set_aside
insert into undelivered (id, signal_id, received_at, inbox_id, channel, lane, priority, is_reading, tries, error)
select id, signal_id, received_at, inbox_id, channel, lane, priority, false, 1, :error
from unnest(
  :ids::uuid[], :signal_ids::uuid[], :received::timestamptz[], :inbox_ids::uuid[], :channels::text[], :lanes::int[],
  :priorities::smallint[]
) as t (id, signal_id, received_at, inbox_id, channel, lane, priority);

-- name: next_work_due
select min(due_at) from work where owner is null and due_at > :now;

-- Signals as many as fit in memory.
-- name: undelivered -> FailedRow
select u.id, u.signal_id, u.inbox_id, coalesce(inbox.name, '') as inbox_name, u.channel, u.received_at,
  u.failed_at, u.tries, u.error,
  case when sum(octet_length(journal.signal)) over so_far <= :bytes or row_number() over so_far = 1
    then journal.signal end as signal
from (select * from undelivered where id < :before order by id desc limit :most) u
left join inbox on inbox.id = u.inbox_id
left join lateral (
  select signal from journal where journal.id = u.signal_id and journal.received_at = u.received_at
) journal on true
window so_far as (order by u.id desc)
order by u.id desc;

-- name: came_as -> Came
select id as signal_id, received_at, channel, customer_id from interaction where id = :id and direction = 'in';

-- name: waits_as -> Came
select signal_id, received_at, channel, null::uuid as customer_id from undelivered where id = :id;

-- name: raw -> Raw
select raw, raw_file, sealed_at from journal where id = :id and received_at = :received_at;

-- name: redact
with old as (
  select id, received_at, raw_file from journal
  where sealed_at < :before and (raw is not null or raw_file is not null) limit :most for update skip locked
), let_go as (
  delete from file_use f using old where f.owner_id = old.id and f.sha256 = old.raw_file
)
update journal j set raw = null, raw_file = null from old
where j.id = old.id and j.received_at = old.received_at returning j.id;

-- name: replay_one
with back as (delete from undelivered where id = any (:ids::uuid[]) returning *)
insert into work (id, signal_id, received_at, lane, priority, due_at, is_reading)
select id, signal_id, received_at, lane, :priority, '-infinity', is_reading from back
returning signal_id;

-- name: all_undelivered
select id from undelivered order by id limit :most;

-- name: count_undelivered
select count(*) from undelivered;

-- name: reconcile -> Reconciled
select j.day, j.inbox_id, coalesce(inbox.name, '') as inbox_name, j.accepted, coalesce(s.shown, 0) as shown,
  coalesce(p.pending, 0) as pending, coalesce(u.undelivered, 0) as undelivered,
  coalesce(q.quarantined, 0) as quarantined, coalesce(e.erased, 0) as erased,
  j.accepted - coalesce(s.shown, 0) - coalesce(p.pending, 0) - coalesce(u.undelivered, 0) - coalesce(q.quarantined, 0)
    - coalesce(e.erased, 0) as missing
from (
  select (received_at at time zone 'utc')::date as day, inbox_id, count(*) as accepted
  from journal where received_at >= :since group by 1, 2
) j
left join (
  select (received_at at time zone 'utc')::date as day, inbox_id, count(*) as shown
  from (
    select received_at, inbox_id from interaction where received_at >= :since and direction = 'in'
    union all
    select received_at, inbox_id from copy where received_at >= :since
  ) stands group by 1, 2
) s using (day, inbox_id)
left join (
  select (w.received_at at time zone 'utc')::date as day, journal.inbox_id, count(*) as pending
  from work w join journal on journal.id = w.signal_id and journal.received_at = w.received_at
  where not w.is_reading and w.received_at >= :since group by 1, 2
) p using (day, inbox_id)
left join (
  select (received_at at time zone 'utc')::date as day, inbox_id, count(*) as undelivered
  from undelivered where not is_reading and received_at >= :since group by 1, 2
) u using (day, inbox_id)
left join (
  select (received_at at time zone 'utc')::date as day, inbox_id, count(*) as quarantined
  from quarantine where received_at >= :since group by 1, 2
) q using (day, inbox_id)
left join (
  select (received_at at time zone 'utc')::date as day, inbox_id, count(*) as erased
  from erased_signal where received_at >= :since group by 1, 2
) e using (day, inbox_id)
left join inbox on inbox.id = j.inbox_id
order by j.day desc, inbox_name;

-- name: all_inboxes -> InboxRow
select inbox.id, inbox.channel, inbox.name, inbox.address, queue.name as queue,
  extract(epoch from inbox.reply_within)::int as reply_within_s, convert_to(inbox.settings::text, 'UTF8') as settings, inbox.keep_days
from inbox join queue on queue.id = inbox.queue_id order by inbox.address;

-- name: inbox_row -> InboxRow
select inbox.id, inbox.channel, inbox.name, inbox.address, queue.name as queue,
  extract(epoch from inbox.reply_within)::int as reply_within_s, convert_to(inbox.settings::text, 'UTF8') as settings, inbox.keep_days
from inbox join queue on queue.id = inbox.queue_id where inbox.id = :id for update of inbox;

-- name: queue_named
with made as (
  insert into queue (id, name) select :id::uuid, :name::text where not exists (select from queue where name = :name)
  returning id
)
select id from made union all select id from queue where name = :name limit 1;

-- name: add_inbox
insert into inbox (id, channel, name, address, settings, queue_id, reply_within)
values (:id, :channel, :name, :address, :settings::text::jsonb, :queue_id, make_interval(secs => :reply_within_s::int))
on conflict (channel, address) do nothing;

-- name: author -> Me
select id as agent_id, name, role, sign_in from agent where id = :id and ended_at is null;

-- name: hold_conversation
select true from conversation where id = any (whole(:id)) order by id for update;

-- name: heard_since
select exists (
  select from interaction where conversation_id = any (whole(:id)) and direction = 'in' and kind in ('message', 'bounce')
    and received_at > :at
);

-- name: set_inbox
update inbox
set name = :name, queue_id = :queue_id, reply_within = make_interval(secs => :reply_within_s::int),
  settings = :settings::text::jsonb, keep_days = :keep_days::int
where id = :id;

-- name: last_arrivals
select inbox_id, max(received_at) as last_at
from (select inbox_id, received_at from journal order by id desc limit 2000) newest group by inbox_id;

-- name: original_of -> Original
select inbox_id, signal, raw, raw_file from journal where id = :id and received_at = :received_at;

-- name: ask_to_look
insert into job (id, kind, key, lane, payload, due_at)
select t.id, :kind, t.key, :kind, t.payload, :due_at
from unnest(:ids::uuid[], :keys::text[], :payloads::bytea[]) as t (id, key, payload)
on conflict do nothing;
