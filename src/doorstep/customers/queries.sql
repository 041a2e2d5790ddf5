-- name: identify -> Known
with asked as (
  select * from unnest(
    :kinds::text[], :values::text[], :names::text[], :customer_ids::uuid[], :identity_ids::uuid[]
  ) as t (kind, value, name, customer_id, identity_id)
), known as (
  select a.kind, a.value, i.customer_id, i.id as identity_id
  from asked a cross join lateral (
    select id, customer_id from identity where identity.kind = a.kind and identity.value = a.value
  ) i
), fresh as (
  select * from asked a where not exists (
    select from identity i where i.kind = a.kind and i.value = a.value
  )
), made as (
  insert into customer (id, name) select customer_id, name from fresh
), added as (
  insert into identity (id, kind, value, name, customer_id, evidence)
  select identity_id, kind, value, name, customer_id, 'unverified' from fresh
  on conflict (kind, value) do nothing
  returning kind, value, customer_id, id as identity_id
)
select * from known union all select * from added;

-- name: mark_unreachable
update identity set unreachable_at = now(), unreachable_why = found.reason
from (
  select i.id, t.reason
  from unnest(:kinds::text[], :values::text[], :reasons::text[]) as t (kind, value, reason)
  cross join lateral (select id from identity where identity.kind = t.kind and identity.value = t.value) i
  order by i.id
) found
where identity.id = found.id;

-- name: members
select m.id
from (select coalesce(stands_for, id) as id from customer where id = :customer_id) lead
cross join lateral (
  select lead.id, false as is_led union all select c.id, true from customer c where c.stands_for = lead.id
) m
order by m.is_led, m.id;

-- name: hold_links
select pg_advisory_xact_lock(7211, 14);

-- name: there
select id from customer where id = any (:ids::uuid[]);

-- name: links_among -> Holding
select id, one_id, other_id, ended_at from customer_link
where one_id = any (:ids::uuid[]) and ended_at is null order by linked_at, id;

-- name: link -> Holding
select id, one_id, other_id, ended_at from customer_link where id = :id;

-- name: add_link
insert into customer_link (id, one_id, other_id, evidence, why, reasons, by_agent, linked_at)
values (:id, :one_id, :other_id, :evidence, :why, :reasons::text::jsonb, :agent_id, :now);

-- name: end_link
update customer_link set ended_at = :now, ended_by = :agent_id where id = :id;

-- name: set_leads
update customer c set stands_for = nullif(t.lead, t.id)
from unnest(:ids::uuid[], :leads::uuid[]) as t (id, lead)
where c.id = t.id and c.stands_for is distinct from nullif(t.lead, t.id);

-- name: links_of -> LinkRow
select l.id, l.one_id, one.name as one_name, l.other_id, other.name as other_name, l.evidence, l.why,
  by_agent.name as by_name, l.linked_at, l.ended_at, ended_by.name as ended_by_name, l.reasons::text as reasons
from (
  select * from customer_link where one_id = any (:ids::uuid[])
  union select * from customer_link where other_id = any (:ids::uuid[])
) l
join customer one on one.id = l.one_id join customer other on other.id = l.other_id
left join agent by_agent on by_agent.id = l.by_agent left join agent ended_by on ended_by.id = l.ended_by
order by l.linked_at desc, l.id limit 200;

-- name: link_by_id -> LinkRow
select l.id, l.one_id, one.name as one_name, l.other_id, other.name as other_name, l.evidence, l.why,
  by_agent.name as by_name, l.linked_at, l.ended_at, ended_by.name as ended_by_name, l.reasons::text as reasons
from customer_link l
join customer one on one.id = l.one_id join customer other on other.id = l.other_id
left join agent by_agent on by_agent.id = l.by_agent left join agent ended_by on ended_by.id = l.ended_by
where l.id = :id;

-- name: side
select json_build_object('id', c.id, 'name', c.name, 'city', c.city, 'country', c.country, 'language', c.language,
  'created_at', c.created_at, 'records', cardinality(:ids::uuid[]),
  'identities', (
    select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value, 'evidence', i.evidence)
      order by i.linked_at, i.id), '[]')
    from identity i where i.customer_id = any (:ids::uuid[])),
  'order_numbers', (
    select coalesce(json_agg(o.order_no), '[]') from (
      select order_no from sales_order where customer_id = any (:ids::uuid[]) order by placed_at desc, id desc limit 5
    ) o),
  'orders', (select count(*) from sales_order where customer_id = any (:ids::uuid[])),
  'conversations', (
    select count(*) from conversation where customer_id = any (:ids::uuid[]) and joined_to is null),
  'open_conversations', (
    select count(*) from conversation where customer_id = any (:ids::uuid[]) and joined_to is null and state = 'open')
)
from customer c where c.id = (:ids::uuid[])[1];
