-- Statements of the pollers and of consent.

-- name: polled -> PolledInbox
select inbox.id, inbox.channel, inbox.name, inbox.address, convert_to(inbox.settings::text, 'UTF8') as settings,
  coalesce(secret.connected_at, inbox.created_at) as connected_at
from inbox left join inbox_secret secret on secret.inbox_id = inbox.id
where inbox.channel = any (:channels::text[]) order by inbox.id;

-- name: contacts -> Contact
select inbox_id, is_connected, needs_consent, detail, since from inbox_contact;

-- name: count_contacts
select count(*) from inbox_contact where is_connected = :is_connected;

-- name: note_contact
insert into inbox_contact as known (inbox_id, is_connected, needs_consent, detail)
values (:inbox_id, :is_connected, :needs_consent, :detail)
on conflict (inbox_id) do update
  set is_connected = excluded.is_connected, needs_consent = excluded.needs_consent, detail = excluded.detail,
    since = case when known.is_connected = excluded.is_connected then known.since else now() end
  where (known.is_connected, known.needs_consent, known.detail)
    <> (excluded.is_connected, excluded.needs_consent, excluded.detail);

-- name: forget_contact
delete from inbox_contact where inbox_id = :inbox_id;

-- name: secrets
select inbox_id, value from inbox_secret;

-- name: inbox_to_connect -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings from inbox where id = :id;

-- name: sweep_consent_requests
delete from consent_request where asked_at < :before;

-- name: keep_consent_request
insert into consent_request (state, inbox_id, session, back, kept, asked_at)
values (:state, :inbox_id, :session, :back, :kept, :now);

-- name: take_consent_request -> Pending
delete from consent_request where state = :state and session = :session and asked_at >= :since
returning inbox_id, back, kept;

-- name: keep_secret
insert into inbox_secret (inbox_id, value) values (:inbox_id, :value)
on conflict (inbox_id) do update set value = excluded.value, connected_at = now();
