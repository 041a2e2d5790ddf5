-- name: known -> Known
select t.kind, t.value, i.customer_id, i.id as identity_id
from unnest(:kinds::text[], :values::text[]) as t (kind, value)
cross join lateral (
  select id, customer_id from identity where identity.kind = t.kind and identity.value = t.value
) i;

-- name: add_customers -> Known
with fresh as (
  select * from unnest(
    :kinds::text[], :values::text[], :names::text[], :customer_ids::uuid[], :identity_ids::uuid[]
  ) as t (kind, value, name, customer_id, identity_id)
), made as (
  insert into customer (id, name) select customer_id, name from fresh
)
insert into identity (id, kind, value, name, customer_id, evidence)
select identity_id, kind, value, name, customer_id, 'unverified' from fresh
on conflict (kind, value) do nothing
returning kind, value, customer_id, id as identity_id;

-- name: mark_unreachable
update identity set unreachable_at = now(), unreachable_why = found.reason
from (
  select i.id, t.reason
  from unnest(:kinds::text[], :values::text[], :reasons::text[]) as t (kind, value, reason)
  cross join lateral (select id from identity where identity.kind = t.kind and identity.value = t.value) i
  order by i.id
) found
where identity.id = found.id;
