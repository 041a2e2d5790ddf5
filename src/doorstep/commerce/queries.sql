-- Commerce: what a shop sends goes in by one statement a kind; what the desk shows comes out as one JSON value.

-- name: put_products -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, sku text, title text, price_minor bigint, currency text, changed_at timestamptz
  )) with ordinality as g
), put as (
  insert into product as old (id, source, external_id, sku, title, price_minor, currency, changed_at)
  select id, :source, external_id, sku, title, price_minor, currency, changed_at from given order by external_id
  on conflict (source, external_id) do update
  set sku = excluded.sku, title = excluded.title, price_minor = excluded.price_minor,
      currency = excluded.currency, changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.sku, old.title, old.price_minor, old.currency, old.changed_at) is distinct from
        (excluded.sku, excluded.title, excluded.price_minor, excluded.currency,
         coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, null::uuid as customer_id, null::text as missing
from given join put using (external_id);

-- name: put_locations -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, name text, city text, country text
  )) with ordinality as g
), put as (
  insert into location as old (id, source, external_id, name, city, country)
  select id, :source, external_id, name, city, country from given order by external_id
  on conflict (source, external_id) do update
  set name = excluded.name, city = excluded.city, country = excluded.country
  where (old.name, old.city, old.country) is distinct from (excluded.name, excluded.city, excluded.country)
  returning id, external_id
)
select given.ordinality::int as n, put.id, null::uuid as customer_id, null::text as missing
from given join put using (external_id);

-- name: put_stock -> Outcome
with given as (
  select g.ordinality, p.id as product_id, l.id as location_id, g.on_hand, g.reserved, g.counted_at
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    product text, location text, on_hand int, reserved int, counted_at timestamptz
  )) with ordinality as g
  left join product p on p.source = :source and p.external_id = g.product
  left join location l on l.source = :source and l.external_id = g.location
), put as (
  insert into stock_level as old (product_id, location_id, on_hand, reserved, counted_at)
  select product_id, location_id, on_hand, reserved, counted_at from given
  where product_id is not null and location_id is not null order by product_id, location_id
  on conflict (product_id, location_id) do update
  set on_hand = excluded.on_hand, reserved = excluded.reserved, counted_at = excluded.counted_at
  where old.counted_at <= excluded.counted_at
    and (old.on_hand, old.reserved, old.counted_at) is distinct from
        (excluded.on_hand, excluded.reserved, excluded.counted_at)
  returning product_id, location_id
)
select given.ordinality::int as n, put.product_id as id, null::uuid as customer_id,
  case when given.product_id is null then 'product' when given.location_id is null then 'location' end as missing
from given left join put using (product_id, location_id)
where put.product_id is not null or given.product_id is null or given.location_id is null;

-- name: shop_customers -> ShopCustomer
select external_id, customer_id, said, changed_at
from shop_customer where source = :source and external_id = any (:external_ids::text[]);

-- name: owners -> Owner
select kind, value, customer_id, name, (
  select array_agg(distinct (said ->> 'birth_date')::date) from description d
  where d.customer_id = o.customer_id and said ->> 'birth_date' is not null
) as born
from (
  select kind, value, customer_id, coalesce(nullif(i.name, ''), customer.name) as name
  from unnest(:kinds::text[], :vals::text[]) as t (kind, value)
  join identity i using (kind, value) join customer on customer.id = i.customer_id
  union all
  select kind, value, customer_id, name
  from unnest(:kinds::text[], :vals::text[]) as t (kind, value) join holder using (kind, value)
) o;

-- name: add_customers
insert into customer (id, name, city, country, language, created_at)
select id, name, city, country, language, coalesce(created_at, now())
from jsonb_to_recordset(:rows::text::jsonb) as t (
  id uuid, name text, city text, country text, language text, created_at timestamptz);

-- name: change_customers
update customer
set name = coalesce(nullif(t.name, ''), customer.name), city = coalesce(nullif(t.city, ''), customer.city),
    country = coalesce(nullif(t.country, ''), customer.country),
    language = coalesce(nullif(t.language, ''), customer.language)
from jsonb_to_recordset(:rows::text::jsonb) as t (id uuid, name text, city text, country text, language text)
where customer.id = t.id;

-- name: add_identities
insert into identity (id, kind, value, name, customer_id, evidence)
select * from unnest(:ids::uuid[], :kinds::text[], :vals::text[], :names::text[], :customer_ids::uuid[],
  array_fill('shop'::text, array[cardinality(:ids::uuid[])]))
on conflict (kind, value) do nothing;

-- name: add_holders
insert into holder (kind, value, customer_id, name, evidence)
select * from unnest(:kinds::text[], :vals::text[], :customer_ids::uuid[], :names::text[],
  array_fill('shop'::text, array[cardinality(:kinds::text[])]))
on conflict (kind, value, customer_id) do nothing;

-- name: put_shop_customers
insert into shop_customer as old (source, external_id, customer_id, said, changed_at)
select :source, * from unnest(:external_ids::text[], :customer_ids::uuid[], :said::bytea[], :changed::timestamptz[])
on conflict (source, external_id) do update
set said = excluded.said, changed_at = coalesce(excluded.changed_at, old.changed_at)
where old.customer_id = excluded.customer_id;

-- name: put_orders -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id, coalesce(c.customer_id, i.customer_id) as customer_id,
    (select min(t.place) from jsonb_array_elements(g.lines) with ordinality as t (line, place)
     where t.line ->> 'product' is not null and not exists (
       select from product p where p.source = :source and p.external_id = t.line ->> 'product')) as astray
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, order_no text, customer text, mailbox text, placed_at timestamptz, state text,
    currency text, total_minor bigint, shipping_minor bigint, promised_on date, ship_to jsonb, bill_to jsonb, lines jsonb,
    changed_at timestamptz
  )) with ordinality as g
  left join shop_customer c on c.source = :source and c.external_id = g.customer
  left join identity i on g.customer is null and i.kind = 'mailbox' and i.value = g.mailbox
), put as (
  insert into sales_order as old (id, source, external_id, order_no, customer_id, placed_at, state, currency,
    total_minor, shipping_minor, promised_on, ship_to, bill_to, changed_at)
  select id, :source, external_id, order_no, customer_id, placed_at, state, currency,
    total_minor, shipping_minor, promised_on, ship_to, coalesce(bill_to, '{}'), changed_at
  from given where customer_id is not null and astray is null order by external_id
  on conflict (source, external_id) do update
  set order_no = excluded.order_no, customer_id = excluded.customer_id, placed_at = excluded.placed_at,
      state = excluded.state, currency = excluded.currency, total_minor = excluded.total_minor,
      shipping_minor = excluded.shipping_minor, promised_on = excluded.promised_on,
      ship_to = excluded.ship_to, bill_to = excluded.bill_to, changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.order_no, old.customer_id, old.placed_at, old.state, old.currency, old.total_minor,
         old.shipping_minor, old.promised_on, old.ship_to, old.changed_at) is distinct from
        (excluded.order_no, excluded.customer_id, excluded.placed_at, excluded.state, excluded.currency,
         excluded.total_minor, excluded.shipping_minor, excluded.promised_on, excluded.ship_to,
         coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, given.customer_id,
  case when given.customer_id is null and given.customer is null then 'mailbox'
       when given.customer_id is null then 'customer'
       when given.astray is not null then 'lines[' || given.astray - 1 || '].product' end as missing
from given left join put using (external_id)
where put.id is not null or given.customer_id is null or given.astray is not null;

-- name: put_lines -> Outcome
with given as (
  select g.ordinality, g.lines, o.id as order_id, o.customer_id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, lines jsonb, changed_at timestamptz
  )) with ordinality as g
  join sales_order o on o.source = :source and o.external_id = g.external_id
  where g.lines is not null and (o.changed_at > g.changed_at) is not true
), line as (
  select given.order_id, t.place::smallint as position, p.id as product_id, t.line ->> 'title' as title,
    (t.line ->> 'quantity')::int as quantity, (t.line ->> 'price_minor')::bigint as price_minor,
    (:ids::uuid[])[row_number() over ()] as id
  from given cross join lateral jsonb_array_elements(given.lines) with ordinality as t (line, place)
  left join product p on p.source = :source and p.external_id = t.line ->> 'product'
), put as (
  insert into line_item as old (id, order_id, position, product_id, title, quantity, price_minor)
  select id, order_id, position, product_id, title, quantity, price_minor from line order by order_id, position
  on conflict (order_id, position) do update
  set product_id = excluded.product_id, title = excluded.title, quantity = excluded.quantity,
      price_minor = excluded.price_minor
  where (old.product_id, old.title, old.quantity, old.price_minor) is distinct from
        (excluded.product_id, excluded.title, excluded.quantity, excluded.price_minor)
  returning order_id
), gone as (
  delete from line_item using given
  where line_item.order_id = given.order_id and line_item.position > jsonb_array_length(given.lines)
  returning line_item.order_id
)
select given.ordinality::int as n, given.order_id as id, given.customer_id, null::text as missing
from given where given.order_id in (select order_id from put union all select order_id from gone);

-- name: follow_customers
with moved as (
  select id, customer_id from sales_order where id = any (:order_ids::uuid[])
), payments as (
  update payment t set customer_id = moved.customer_id from moved
  where t.order_id = moved.id and t.customer_id <> moved.customer_id
), refunds as (
  update refund t set customer_id = moved.customer_id from moved
  where t.order_id = moved.id and t.customer_id <> moved.customer_id
), returns as (
  update sales_return t set customer_id = moved.customer_id from moved
  where t.order_id = moved.id and t.customer_id <> moved.customer_id
), shipments as (
  update shipment t set customer_id = moved.customer_id from moved
  where t.order_id = moved.id and t.customer_id <> moved.customer_id returning t.id, t.customer_id
)
update tracking_event t set customer_id = shipments.customer_id from shipments where t.shipment_id = shipments.id;

-- name: put_payments -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id, o.id as order_id, o.customer_id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, "order" text, happened_at timestamptz, state text, method text, amount_minor bigint,
    currency text, changed_at timestamptz
  )) with ordinality as g
  left join sales_order o on o.source = :source and o.external_id = g."order"
), put as (
  insert into payment as old (id, source, external_id, order_id, customer_id, happened_at, state, method,
    amount_minor, currency, changed_at)
  select id, :source, external_id, order_id, customer_id, happened_at, state, method,
    amount_minor, currency, changed_at
  from given where order_id is not null order by external_id
  on conflict (source, external_id) do update
  set order_id = excluded.order_id, customer_id = excluded.customer_id, happened_at = excluded.happened_at,
      state = excluded.state, method = excluded.method, amount_minor = excluded.amount_minor,
      currency = excluded.currency, changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.order_id, old.happened_at, old.state, old.method, old.amount_minor, old.currency, old.changed_at)
        is distinct from
        (excluded.order_id, excluded.happened_at, excluded.state, excluded.method, excluded.amount_minor,
         excluded.currency, coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, given.customer_id,
  case when given.order_id is null then 'order' end as missing
from given left join put using (external_id) where put.id is not null or given.order_id is null;

-- name: put_refunds -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id, o.id as order_id, o.customer_id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, "order" text, happened_at timestamptz, state text, reason text, amount_minor bigint,
    currency text, changed_at timestamptz
  )) with ordinality as g
  left join sales_order o on o.source = :source and o.external_id = g."order"
), put as (
  insert into refund as old (id, source, external_id, order_id, customer_id, happened_at, state, reason,
    amount_minor, currency, changed_at)
  select id, :source, external_id, order_id, customer_id, happened_at, state, reason,
    amount_minor, currency, changed_at
  from given where order_id is not null order by external_id
  on conflict (source, external_id) do update
  set order_id = excluded.order_id, customer_id = excluded.customer_id, happened_at = excluded.happened_at,
      state = excluded.state, reason = excluded.reason, amount_minor = excluded.amount_minor,
      currency = excluded.currency, changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.order_id, old.happened_at, old.state, old.reason, old.amount_minor, old.currency, old.changed_at)
        is distinct from
        (excluded.order_id, excluded.happened_at, excluded.state, excluded.reason, excluded.amount_minor,
         excluded.currency, coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, given.customer_id,
  case when given.order_id is null then 'order' end as missing
from given left join put using (external_id) where put.id is not null or given.order_id is null;

-- name: put_shipments -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id, o.id as order_id, o.customer_id, l.id as location_id,
    case when o.id is null then 'order' when g.location is not null and l.id is null then 'location' end as missing
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, "order" text, carrier text, tracking_no text, location text, state text,
    created_at timestamptz, promised_on date, changed_at timestamptz
  )) with ordinality as g
  left join sales_order o on o.source = :source and o.external_id = g."order"
  left join location l on l.source = :source and l.external_id = g.location
), put as (
  insert into shipment as old (id, source, external_id, order_id, customer_id, carrier, tracking_no,
    location_id, state, created_at, promised_on, changed_at)
  select id, :source, external_id, order_id, customer_id, carrier, tracking_no,
    location_id, state, created_at, promised_on, changed_at
  from given where missing is null order by external_id
  on conflict (source, external_id) do update
  set order_id = excluded.order_id, customer_id = excluded.customer_id, carrier = excluded.carrier,
      tracking_no = excluded.tracking_no, location_id = excluded.location_id, state = excluded.state,
      created_at = excluded.created_at, promised_on = excluded.promised_on,
      changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.order_id, old.carrier, old.tracking_no, old.location_id, old.state, old.created_at,
         old.promised_on, old.changed_at) is distinct from
        (excluded.order_id, excluded.carrier, excluded.tracking_no, excluded.location_id, excluded.state,
         excluded.created_at, excluded.promised_on, coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, given.customer_id, given.missing
from given left join put using (external_id) where put.id is not null or given.missing is not null;

-- name: put_tracking -> Outcome
with given as (
  select g.ordinality, g.events, s.id as shipment_id, s.customer_id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (external_id text, events jsonb)) with ordinality as g
  join shipment s on s.source = :source and s.external_id = g.external_id
), happened as (
  select given.shipment_id, given.customer_id, t.*, (:ids::uuid[])[row_number() over ()] as id
  from given cross join lateral (
    select distinct on (happened_at, step) *
    from jsonb_to_recordset(given.events) as e (happened_at timestamptz, step text, place text, detail text)
  ) t
), put as (
  insert into tracking_event as old (id, shipment_id, customer_id, happened_at, step, place, detail)
  select id, shipment_id, customer_id, happened_at, step, place, detail from happened
  order by shipment_id, happened_at, step
  on conflict (shipment_id, happened_at, step) do update set place = excluded.place, detail = excluded.detail
  where (old.place, old.detail) is distinct from (excluded.place, excluded.detail)
  returning shipment_id
)
select given.ordinality::int as n, given.shipment_id as id, given.customer_id, null::text as missing
from given where given.shipment_id in (select shipment_id from put);

-- name: put_returns -> Outcome
with given as (
  select g.*, (:ids::uuid[])[g.ordinality] as id, o.id as order_id, o.customer_id
  from rows from (jsonb_to_recordset(:rows::text::jsonb) as (
    external_id text, "order" text, happened_at timestamptz, state text, reason text, lines jsonb,
    changed_at timestamptz
  )) with ordinality as g
  left join sales_order o on o.source = :source and o.external_id = g."order"
), put as (
  insert into sales_return as old (id, source, external_id, order_id, customer_id, happened_at, state, reason,
    lines, changed_at)
  select id, :source, external_id, order_id, customer_id, happened_at, state, reason, lines, changed_at
  from given where order_id is not null order by external_id
  on conflict (source, external_id) do update
  set order_id = excluded.order_id, customer_id = excluded.customer_id, happened_at = excluded.happened_at,
      state = excluded.state, reason = excluded.reason, lines = excluded.lines,
      changed_at = coalesce(excluded.changed_at, old.changed_at)
  where (old.changed_at > excluded.changed_at) is not true
    and (old.order_id, old.happened_at, old.state, old.reason, old.lines, old.changed_at) is distinct from
        (excluded.order_id, excluded.happened_at, excluded.state, excluded.reason, excluded.lines,
         coalesce(excluded.changed_at, old.changed_at))
  returning id, external_id
)
select given.ordinality::int as n, put.id, given.customer_id,
  case when given.order_id is null then 'order' end as missing
from given left join put using (external_id) where put.id is not null or given.order_id is null;

-- name: orders_of
select coalesce(json_agg(json_build_object(
  'id', o.id,
  'order_no', o.order_no,
  'placed_at', to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'state', o.state,
  'currency', o.currency,
  'total_minor', o.total_minor,
  'shipping_minor', o.shipping_minor,
  'promised_on', o.promised_on,
  'ship_to', o.ship_to,
  'lines', line.list,
  'payments', payment.list,
  'refunds', refund.list,
  'shipments', shipment.list,
  'returns', returned.list
) order by o.placed_at desc, o.id desc), '[]') as orders
from (
  select newest.*
  from unnest(:customer_ids::uuid[]) as c (id) cross join lateral (
    select * from sales_order s where s.customer_id = c.id order by s.placed_at desc, s.id desc limit 20
  ) newest
  order by newest.placed_at desc, newest.id desc limit 20
) o
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'title', l.title, 'sku', coalesce(p.sku, ''), 'quantity', l.quantity, 'price_minor', l.price_minor,
    'stock', stock.list
  ) order by l.position), '[]') as list
  from line_item l left join product p on p.id = l.product_id
  cross join lateral (
    select coalesce(json_agg(json_build_object('location', w.name, 'available', s.on_hand - s.reserved)
      order by w.name), '[]') as list
    from stock_level s join location w on w.id = s.location_id where s.product_id = l.product_id
  ) stock
  where l.order_id = o.id
) line
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'happened_at', to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'state', t.state, 'method', t.method, 'amount_minor', t.amount_minor, 'currency', t.currency
  ) order by t.happened_at, t.id), '[]') as list
  from payment t where t.order_id = o.id
) payment
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'happened_at', to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'state', t.state, 'reason', t.reason, 'amount_minor', t.amount_minor, 'currency', t.currency
  ) order by t.happened_at, t.id), '[]') as list
  from refund t where t.order_id = o.id
) refund
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'carrier', t.carrier, 'tracking_no', t.tracking_no, 'state', t.state,
    'created_at', to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'promised_on', t.promised_on, 'events', tracking.list
  ) order by t.created_at, t.id), '[]') as list
  from shipment t cross join lateral (
    select coalesce(json_agg(json_build_object(
      'happened_at', to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'step', e.step, 'place', e.place, 'detail', e.detail
    ) order by e.happened_at, e.id), '[]') as list
    from tracking_event e where e.shipment_id = t.id
  ) tracking
  where t.order_id = o.id
) shipment
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'happened_at', to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'state', t.state, 'reason', t.reason
  ) order by t.happened_at, t.id), '[]') as list
  from sales_return t where t.order_id = o.id
) returned;
