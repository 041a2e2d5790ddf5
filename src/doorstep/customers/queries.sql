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
