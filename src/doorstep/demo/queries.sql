-- The demo's own statements.

-- name: is_loaded
select exists (select from location where source = :source);

-- name: staff
select id from agent where role in ('agent', 'supervisor') and ended_at is null order by sign_in;

-- name: add_queue
insert into queue (id, name) values (:id, :name);

-- name: add_queue_count
insert into queue_count (queue_id) values (:queue_id);

-- name: add_inbox
insert into inbox (id, channel, name, address, queue_id, reply_within)
values (:id, :channel, :name, :address, :queue_id, :reply_within);

-- name: add_macro
insert into macro (id, name, folder, html, acts, changed_at) values (:id, :name, :folder, :html, :acts, :now);

-- name: add_signature
insert into signature (inbox_id, html) values (:inbox_id, :html);

-- name: signed_up
select sign_in from agent;

-- name: samples -> Sample
select c.id, c.name, c.city, c.language, i.value as mailbox, o.order_no, o.placed_at, o.state, s.state as parcel,
  o.promised_on, l.title
from unnest(:mailboxes::text[]) with ordinality as t (mailbox, place)
join identity i on i.kind = 'mailbox' and i.value = t.mailbox
join customer c on c.id = i.customer_id
cross join lateral (
  select * from sales_order where customer_id = c.id order by placed_at desc, id desc limit 1
) o
cross join lateral (select title from line_item where order_id = o.id order by position limit 1) l
left join lateral (
  select state from shipment where order_id = o.id order by created_at desc limit 1
) s on true
order by t.place;

-- name: sample_mailboxes
with recent as (
  select o.customer_id, o.placed_at, coalesce(s.state, o.state) as standing, c.language
  from sales_order o join customer c on c.id = o.customer_id
  left join lateral (select state from shipment where order_id = o.id limit 1) s on true
  where o.source = :source and o.placed_at > now() - interval '21 days'
)
select i.value
from unnest(:languages::text[], :standings::text[]) with ordinality as t (language, standing, place)
cross join lateral (
  select customer_id from recent where recent.language = t.language
  order by recent.standing = t.standing desc, placed_at desc limit 1
) r
cross join lateral (
  select value from identity where identity.customer_id = r.customer_id and kind = 'mailbox' limit 1
) i
order by t.place;

-- name: reply_by
update inbox set settings = settings || :settings::text::jsonb where channel = :channel;

-- name: letters_to_come
select payload from job where kind = :kind;

-- name: still_to_come
select exists (select from work);

-- name: spread_promises
with came as (
  select id, (row_number() over (order by opened_at) - 1)::float / greatest(count(*) over () - 1, 1) as place,
    row_number() over (order by opened_at) % 3 = 0 as is_mine
  from conversation where state = 'open'
)
update conversation c set
  due_at = :now::timestamptz + interval '8 hours' * power(came.place, 1.6) - interval '12 minutes',
  agent_id = case when came.is_mine then (select id from agent where sign_in = :agent) end
from came where came.id = c.id;
