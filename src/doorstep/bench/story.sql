-- A shop's years for `doorstep bench story`, made by the server itself; in time's order, so that one customer's
-- rows lie far apart, as they do in a true one. Customers, orders and conversations are numbers in a UUID.

-- name: begin
drop index interaction_words, interaction_name, interaction_received;

-- name: customers
with made as (
  insert into customer (id, name, city, country, language, created_at)
  select lpad(to_hex(n), 32, '0')::uuid, 'Person ' || n, 'Athens', 'GR', 'el', now() - interval '3 years'
  from generate_series(1, :customers::bigint) n
)
insert into identity (id, kind, value, name, customer_id, evidence)
select lpad(to_hex(n * 2 + k), 32, '0')::uuid, kinds.kind, kinds.prefix || n, 'Person ' || n,
  lpad(to_hex(n), 32, '0')::uuid, 'unverified'
from generate_series(1, :customers::bigint) n,
  (values (0, 'mailbox', 'person@bench.example.'), (1, 'number', '+30')) kinds (k, kind, prefix);

-- name: shop
with goods as (
  insert into product (id, source, external_id, sku, title, price_minor, currency)
  select lpad(to_hex(n), 32, '0')::uuid, 'bench', n, 'SKU' || n, 'Claro filter, pack ' || n, 2890, 'EUR'
  from generate_series(1, 200) n returning id
), places as (
  insert into location (id, source, external_id, name)
  select lpad(to_hex(n), 32, '0')::uuid, 'bench', n, 'Shop ' || n from generate_series(1, 3) n returning id
)
insert into stock_level (product_id, location_id, on_hand, counted_at)
select goods.id, places.id, 14, now() from goods, places;

-- name: conversations
insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, opened_at, last_at, interactions)
select lpad(to_hex(n), 32, '0')::uuid, lpad(to_hex(n % :customers + 1), 32, '0')::uuid, :inbox_id::uuid, :queue_id::uuid,
  'bench', 'Where is my parcel', 'resolved', at, at + interval '1 day', 10
from (
  select n, now() - interval '3 years' * (1 - n::float / (:customers::bigint * :each::bigint)) as at
  from generate_series(0, :customers::bigint * :each::bigint - 1) n
) made;

-- name: interactions
insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind,
  happened_at, received_at, subject, text, html, agent_id)
select gen_random_uuid(), lpad(to_hex(n % :customers + 1), 32, '0')::uuid,
  case when n / :customers % 2 = 0 then lpad(to_hex((n % :customers + 1) * 2), 32, '0')::uuid end,
  lpad(to_hex(n % :customers + n / :customers / 10 * :customers), 32, '0')::uuid, :inbox_id::uuid, 'bench',
  case when n / :customers % 2 = 0 then 'in' else 'out' end, 'message', at, at, 'Where is my parcel',
  'Please tell me about order ' || n % 99991 || '. The courier said yesterday that it was delivered, and the '
  'tracking shows the same, but nothing arrived: no box ' || n % 997 || ', no card. Thank you and kind regards.',
  '<p>Please</p>', case when n / :customers % 2 = 1 then :agent_id::uuid end
from (
  select n, now() - interval '3 years' * (1 - n::float / (:customers::bigint * :each::bigint)) as at
  from generate_series(:first::bigint, :last::bigint) n
) made;

-- name: orders
with sold as (
  insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, currency, total_minor,
    promised_on)
  select lpad(to_hex(n), 32, '0')::uuid, 'bench', n, n, lpad(to_hex(n % :customers + 1), 32, '0')::uuid, at,
    'fulfilled', 'EUR', 5780, at::date + 6
  from (
    select n, now() - interval '3 years' * (1 - n::float / (:customers::bigint * :each::bigint)) as at
    from generate_series(0, :customers::bigint * :each::bigint - 1) n
  ) made
  returning id, customer_id, order_no, placed_at
), items as (
  insert into line_item (id, order_id, position, product_id, title, quantity, price_minor)
  select gen_random_uuid(), id, k, lpad(to_hex(order_no::int % 200 + 1), 32, '0')::uuid, 'Claro filter', 1, 2890
  from sold, generate_series(0, 1) k
), paid as (
  insert into payment (id, source, external_id, order_id, customer_id, happened_at, state, method, amount_minor,
    currency)
  select gen_random_uuid(), 'bench', order_no, id, customer_id, placed_at, 'paid', 'card', 5780, 'EUR' from sold
), sent as (
  insert into shipment (id, source, external_id, order_id, customer_id, carrier, tracking_no, state, created_at)
  select id, 'bench', order_no, id, customer_id, 'Northline', 'NL' || order_no, 'delivered', placed_at from sold
  returning id, customer_id, created_at
)
insert into tracking_event (id, shipment_id, customer_id, happened_at, step, place)
select gen_random_uuid(), id, customer_id, created_at + k * interval '1 day', step, 'Koropi'
from sent, unnest(array['packed', 'sent', 'sorted', 'out', 'delivered']) with ordinality as way (step, k);

-- name: long
insert into interaction (id, customer_id, identity_id, conversation_id, inbox_id, channel, direction, kind,
  happened_at, received_at, subject, text)
select gen_random_uuid(), :customer_id::uuid, null, :conversation_id::uuid, :inbox_id::uuid, 'bench', 'in', 'message',
  now() - n * interval '1 minute', now(), 'Line ' || n, 'What happened at minute ' || n
from generate_series(1, :entries::int) n;

-- name: end
create index interaction_words on interaction using gin (words);
create index interaction_name on interaction (message_id, inbox_id, id) where message_id <> '';
create index interaction_received on interaction using brin (received_at);
