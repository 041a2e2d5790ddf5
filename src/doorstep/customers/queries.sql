-- name: identify -> Known
with looked as materialized (
  select t.*, i.customer_id as known_customer_id, i.id as known_id
  from unnest(
    :kinds::text[], :values::text[], :names::text[], :customer_ids::uuid[], :identity_ids::uuid[]
  ) as t (kind, value, name, customer_id, identity_id)
  left join lateral (
    select id, customer_id from identity where identity.kind = t.kind and identity.value = t.value
  ) i on true
), made as (
  insert into customer (id, name) select customer_id, name from looked where known_id is null
), linked as (
  insert into identity (id, kind, value, name, customer_id, evidence)
  select identity_id, kind, value, name, customer_id, 'unverified' from looked where known_id is null
  on conflict (kind, value) do nothing
  returning kind, value, customer_id, id as identity_id
)
select kind, value, known_customer_id as customer_id, known_id as identity_id
from looked where known_id is not null
union all
select kind, value, customer_id, identity_id from linked;
