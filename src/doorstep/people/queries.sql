-- Who works here, and their sessions.

-- name: agent_by_sign_in -> Known
select id, sign_in, name, role, password, ended_at from agent
where lower(sign_in) = lower(:sign_in) and ended_at is null;

-- name: agent_by_id -> Known
select id, sign_in, name, role, password, ended_at from agent where id = :id and ended_at is null for update;

-- name: lock_administrators
select id from agent where role = 'administrator' and ended_at is null order by id for update;

-- name: role_of
select role from agent where id = :id;

-- name: change_role -> Agent
update agent set role = :role where id = :id and ended_at is null
returning id, sign_in, name, role, created_at, ended_at;

-- name: agents -> Agent
select id, sign_in, name, role, created_at, ended_at from agent order by ended_at is not null, lower(name), id;

-- name: colleagues -> Colleague
select id, name from agent where ended_at is null order by lower(name), id;

-- name: add_agent -> Agent
insert into agent (id, sign_in, name, role, password, created_at)
values (:id, :sign_in, :name, :role, :password, :now)
on conflict (lower(sign_in)) where ended_at is null do nothing
returning id, sign_in, name, role, created_at, ended_at;

-- name: end_agent
update agent set ended_at = :now where id = :id and ended_at is null;

-- name: set_password
update agent set password = :password, must_change_password = :must_change where id = :id;

-- name: rehash_password
update agent set password = :password where id = :id;

-- name: start_session
insert into session (token, agent_id, csrf, created_at, seen_at, expires_at)
select :token, id, :csrf, :now, :now, :expires_at from agent where id = :agent_id and ended_at is null;

-- name: session -> Session
with found as (
  select session.token, agent.id as agent_id, agent.name, agent.role, agent.sign_in, session.csrf,
    agent.must_change_password
  from session join agent on agent.id = session.agent_id
  where session.token = :token and session.expires_at > :now and session.seen_at > :idle_since
    and agent.ended_at is null
), seen as (
  update session set seen_at = :now
  where token = (select token from found) and seen_at < :stale_since
)
select agent_id, name, role, sign_in, csrf, must_change_password from found;

-- name: session_holds
select exists (
  select from session join agent on agent.id = session.agent_id
  where session.token = :token and session.expires_at > :now and session.seen_at > :idle_since
    and agent.ended_at is null
);

-- name: end_session
delete from session where token = :token returning agent_id;

-- name: end_sessions
delete from session where agent_id = :agent_id and token <> :but;

-- name: sweep_sessions
delete from session where expires_at <= :now or seen_at <= :idle_since;

-- name: failures
select at from sign_in_failure where key = :key and at > :since order by at desc offset :offset limit 1;

-- name: add_failure
insert into sign_in_failure (id, key, at) values (:id, :key, :at);

-- name: forget_failures
delete from sign_in_failure where key = :key;

-- name: sweep_failures
delete from sign_in_failure where at <= :since;

-- name: note_look
insert into customer_look (agent_id, customer_id) values (:agent_id, :customer_id)
on conflict (agent_id, customer_id) do update set told_at = now()
where customer_look.told_at <= now() - interval '1 hour'
returning true;

-- name: audit -> AuditRow
select seq, at, kind, customer_id, conversation_id, subject_id, actor_id, data::text as data,
  (select l.why from customer_link l where l.id = event.subject_id) as why
from event where (actor_id is not null or kind = 'session.failed') and seq < :before
order by seq desc limit :most;

-- name: audit_of_customer -> AuditRow
select e.seq, e.at, e.kind, e.customer_id, e.conversation_id, e.subject_id, e.actor_id, e.data::text as data,
  (select l.why from customer_link l where l.id = e.subject_id) as why
from (
  select :customer::uuid as id union
  select c.stands_for from customer c where c.id = :customer and c.stands_for is not null union
  select m.id from customer c join customer m on m.stands_for = coalesce(c.stands_for, c.id) where c.id = :customer
) person
cross join lateral (
  select * from event where (actor_id is not null or kind = 'session.failed') and seq < :before
    and customer_id = person.id and (:actor::uuid is null or actor_id = :actor) and (:kind::text is null or kind = :kind)
  order by seq desc limit :most
) e
order by e.seq desc limit :most;

-- name: audit_of_actor -> AuditRow
select seq, at, kind, customer_id, conversation_id, subject_id, actor_id, data::text as data,
  (select l.why from customer_link l where l.id = event.subject_id) as why
from event where seq < :before and actor_id = :actor and (:kind::text is null or kind = :kind)
order by seq desc limit :most;

-- name: audit_of_kind -> AuditRow
select seq, at, kind, customer_id, conversation_id, subject_id, actor_id, data::text as data,
  (select l.why from customer_link l where l.id = event.subject_id) as why
from event where (actor_id is not null or kind = 'session.failed') and seq < :before and kind = :kind
order by seq desc limit :most;
