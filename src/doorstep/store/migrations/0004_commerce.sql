-- The back end beside the talk. Money is an integer of minor units with its ISO 4217 code. Whatever a shop
-- brings has its name there, (source, external_id), which makes every load idempotent; changed_at is when it
-- changed there, where the shop says so, and an older state never overwrites a newer one.

-- Which customer a shop's customer is. Several of a shop's may be one person here. `said` is the fingerprint
-- of what the shop said last, so that hearing it again changes nothing.
create table shop_customer (
  source text not null,
  external_id text collate "C" not null,
  customer_id uuid not null references customer,
  said bytea not null,
  changed_at timestamptz,
  primary key (source, external_id)
);
create index shop_customer_customer on shop_customer (customer_id);

create table product (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  sku text not null,
  title text not null,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  changed_at timestamptz,
  unique (source, external_id)
);

create table location (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  name text not null,
  city text not null default '',
  country text not null default '',
  unique (source, external_id)
);

create table stock_level (
  product_id uuid not null references product,
  location_id uuid not null references location,
  on_hand int not null,
  reserved int not null default 0 check (reserved >= 0),
  counted_at timestamptz not null,
  primary key (product_id, location_id)
);

create table sales_order (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  order_no text not null,
  customer_id uuid not null references customer,
  placed_at timestamptz not null,
  state text not null check (state in ('open', 'fulfilled', 'cancelled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total_minor bigint not null,
  shipping_minor bigint not null default 0,
  promised_on date,
  ship_to jsonb not null default '{}',
  changed_at timestamptz,
  unique (source, external_id)
);
create index sales_order_story on sales_order (customer_id, placed_at desc, id desc);
create index sales_order_no on sales_order (order_no);

create table line_item (
  id uuid primary key,
  order_id uuid not null references sales_order on delete cascade,
  position smallint not null,
  product_id uuid references product,
  title text not null,
  quantity int not null check (quantity > 0),
  price_minor bigint not null,
  unique (order_id, position)
);

create table payment (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  order_id uuid not null references sales_order,
  customer_id uuid not null references customer,
  happened_at timestamptz not null,
  state text not null check (state in ('authorised', 'paid', 'failed', 'voided')),
  method text not null,
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  changed_at timestamptz,
  unique (source, external_id)
);
create index payment_story on payment (customer_id, happened_at desc, id desc);
create index payment_order on payment (order_id);

create table refund (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  order_id uuid not null references sales_order,
  customer_id uuid not null references customer,
  happened_at timestamptz not null,
  state text not null check (state in ('pending', 'paid', 'failed')),
  reason text not null default '',
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  changed_at timestamptz,
  unique (source, external_id)
);
create index refund_story on refund (customer_id, happened_at desc, id desc);
create index refund_order on refund (order_id);

create table shipment (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  order_id uuid not null references sales_order,
  customer_id uuid not null references customer,
  carrier text not null,
  tracking_no text not null default '',
  location_id uuid references location,
  state text not null check (state in ('packed', 'sent', 'held', 'out', 'delivered', 'lost', 'returned')),
  created_at timestamptz not null,
  promised_on date,
  changed_at timestamptz,
  unique (source, external_id)
);
create index shipment_order on shipment (order_id);
create index shipment_customer on shipment (customer_id);
create index shipment_tracking on shipment (tracking_no) where tracking_no <> '';

create table tracking_event (
  id uuid primary key,
  shipment_id uuid not null references shipment on delete cascade,
  customer_id uuid not null references customer,
  happened_at timestamptz not null,
  step text not null check (step in ('packed', 'sent', 'sorted', 'held', 'out', 'delivered', 'lost', 'returned')),
  place text not null default '',
  detail text not null default '',
  unique (shipment_id, happened_at, step)
);
create index tracking_event_story on tracking_event (customer_id, happened_at desc, id desc);

create table sales_return (
  id uuid primary key,
  source text not null,
  external_id text collate "C" not null,
  order_id uuid not null references sales_order,
  customer_id uuid not null references customer,
  happened_at timestamptz not null,
  state text not null check (state in ('asked', 'sent', 'received', 'closed', 'refused')),
  reason text not null default '',
  lines jsonb not null default '[]',
  changed_at timestamptz,
  unique (source, external_id)
);
create index sales_return_story on sales_return (customer_id, happened_at desc, id desc);
create index sales_return_order on sales_return (order_id);
