-- A part of a customer's story, as JSON, oldest first. Each kind and each record of the customer is one probe of
-- an index in the order of time, so that a long story costs what a short one does.

-- name: page
select json_build_object(
  'entries', coalesce(json_agg(page.entry order by page.happened_at, page.id), '[]'),
  'before', case when count(*) filter (where page.side < 0) = :most then
    to_char(min(page.happened_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' ||
    ((array_agg(page.id order by page.happened_at, page.id))[1])::text end,
  'after', case when count(*) filter (where page.side > 0) = :most then
    to_char(max(page.happened_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' ||
    ((array_agg(page.id order by page.happened_at desc, page.id desc))[1])::text end
) as page
from (
  select e.happened_at, e.id, e.side, case e.kind
    when 'interaction' then (
      select json_build_object('kind', e.kind, 'id', i.id,
        'happened_at', to_char(i.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'received_at', to_char(i.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'conversation_id', (
          select case when v.joined_to is null then v.id else listed(v.id) end from conversation v where v.id = i.conversation_id), 'channel', i.channel, 'direction', i.direction, 'speaker', i.kind,
        'mode', (select r.mode from reply r where r.id = i.id),
        'to', case when i.direction = 'out' then convert_from(i.recipients, 'UTF8')::json -> 0 end,
        'subject', i.subject, 'text', left(i.text, 4000), 'said', left(i.said, 4000),
        'is_erased', i.erased_at is not null,
        'because', (
          select json_build_object('reasons', r.reasons, 'is_question', r.is_question)
          from recognised r where r.interaction_id = i.id),
        'is_cut', length(i.text) > 4000, 'has_html', i.html <> '',
        'sender', (select json_build_object('value', s.value, 'name', s.name) from identity s where s.id = i.identity_id),
        'agent_name', (select a.name from agent a where a.id = i.agent_id),
        'attested', convert_from(i.attested, 'UTF8')::json,
        'delivery', i.delivery, 'delivery_detail', i.delivery_detail,
        'send_at', to_char(i.send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'attachments', (
          select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type,
            'size', f.size, 'inline', f.inline) order by f.position), '[]')
          from attachment f where f.interaction_id = i.id),
        'also_by', (
          select coalesce(json_agg(distinct b.name), '[]')
          from copy c join inbox b on b.id = c.inbox_id where c.interaction_id = i.id and c.signal_id <> i.id))
      from interaction i where i.id = e.id)
    when 'order' then (
      select json_build_object('kind', e.kind, 'id', o.id,
        'happened_at', to_char(o.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'order_no', o.order_no, 'amount_minor', o.total_minor, 'currency', o.currency, 'promised_on', o.promised_on,
        'state', o.state, 'lines', (select count(*) from line_item l where l.order_id = o.id))
      from sales_order o where o.id = e.id)
    when 'payment' then (
      select json_build_object('kind', e.kind, 'id', p.id,
        'happened_at', to_char(p.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'order_no', o.order_no, 'state', p.state, 'method', p.method, 'amount_minor', p.amount_minor,
        'currency', p.currency)
      from payment p join sales_order o on o.id = p.order_id where p.id = e.id)
    when 'refund' then (
      select json_build_object('kind', e.kind, 'id', r.id,
        'happened_at', to_char(r.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'order_no', o.order_no, 'state', r.state, 'reason', r.reason, 'amount_minor', r.amount_minor,
        'currency', r.currency)
      from refund r join sales_order o on o.id = r.order_id where r.id = e.id)
    when 'tracking' then (
      select json_build_object('kind', e.kind, 'id', t.id,
        'happened_at', to_char(t.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'order_no', o.order_no, 'carrier', s.carrier, 'tracking_no', s.tracking_no, 'step', t.step,
        'place', t.place, 'detail', t.detail)
      from tracking_event t join shipment s on s.id = t.shipment_id join sales_order o on o.id = s.order_id
      where t.id = e.id)
    when 'return' then (
      select json_build_object('kind', e.kind, 'id', r.id,
        'happened_at', to_char(r.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'order_no', o.order_no, 'state', r.state, 'reason', r.reason)
      from sales_return r join sales_order o on o.id = r.order_id where r.id = e.id)
    when 'action' then (
      select json_build_object('kind', e.kind, 'id', x.id,
        'happened_at', to_char(x.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'conversation_id', (
          select case when v.joined_to is null then v.id else listed(v.id) end from conversation v where v.id = x.conversation_id), 'verb', x.verb, 'detail', x.detail,
        'agent_name', (select a.name from agent a where a.id = x.agent_id))
      from action x where x.id = e.id)
  end as entry
  from (/* places */) e
) page;

-- name: before
(select e.kind, e.id, e.happened_at, -1 as side
  from unnest(:customer_ids::uuid[]) as c (id) cross join lateral (
    (select 'interaction' as kind, id, happened_at as happened_at from interaction
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
    union all
    (select 'order', id, placed_at from sales_order
     where customer_id = c.id and (placed_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by placed_at desc, id desc limit :most)
    union all
    (select 'payment', id, happened_at from payment
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
    union all
    (select 'refund', id, happened_at from refund
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
    union all
    (select 'tracking', id, happened_at from tracking_event
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
    union all
    (select 'return', id, happened_at from sales_return
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
    union all
    (select 'action', id, happened_at from action
     where customer_id = c.id and (happened_at, id) < (:before_at::timestamptz, :before_id::uuid)
     order by happened_at desc, id desc limit :most)
  ) e
  order by e.happened_at desc, e.id desc limit :most);

-- name: after
(select e.kind, e.id, e.happened_at, 1 as side
  from unnest(:customer_ids::uuid[]) as c (id) cross join lateral (
    (select 'interaction' as kind, id, happened_at as happened_at from interaction
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
    union all
    (select 'order', id, placed_at from sales_order
     where customer_id = c.id and (placed_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by placed_at, id limit :most)
    union all
    (select 'payment', id, happened_at from payment
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
    union all
    (select 'refund', id, happened_at from refund
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
    union all
    (select 'tracking', id, happened_at from tracking_event
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
    union all
    (select 'return', id, happened_at from sales_return
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
    union all
    (select 'action', id, happened_at from action
     where customer_id = c.id and (happened_at, id) > (:after_at::timestamptz, :after_id::uuid)
     order by happened_at, id limit :most)
  ) e
  order by e.happened_at, e.id limit :most);

-- name: around
/* before */
union all
/* after */;
