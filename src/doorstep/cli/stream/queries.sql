-- name: customer_of
select customer_id from shop_customer where source = :source and external_id = :external_id;

-- name: inbox
with queued as (
  insert into queue (id, name) values (:queue_id, 'Trial') on conflict do nothing
), made as (
  insert into inbox (id, channel, name, address, queue_id)
  values (:id, :channel, :address, :address, :queue_id)
  on conflict (channel, address) do nothing
  returning id
)
select id from made union all select id from inbox where channel = :channel and address = :address limit 1;

-- name: where_record -> Standing
select c.id as customer_id, coalesce(c.stands_for, c.id) as cluster,
  case when l.reasons is not null then 'linked' when known.is_so then 'known' else 'new' end as how,
  0::real as confidence, coalesce(l.reasons::text, '[]') as reasons, '' as kind, '' as evidence, null::uuid as matter
from shop_customer s
join customer c on c.id = s.customer_id
left join lateral (
  select reasons from customer_link where (other_id = c.id or one_id = c.id) and ended_at is null
  order by linked_at desc limit 1
) l on true
cross join lateral (
  select exists (
    select from description d where d.customer_id = c.id
      and (d.source, d.external_id) not in ((:source, :external_id), ('signals', c.id::text))
  ) or exists (
    select from identity i where i.customer_id = c.id and i.evidence <> 'shop'
  ) as is_so
) known
where s.source = :source and s.external_id = :external_id;

-- name: where_signal -> Standing
select c.id as customer_id, coalesce(c.stands_for, c.id) as cluster,
  case when r.is_question then 'asked' when i.kind = 'claimed' then 'claimed'
    when i.linked_at >= m.received_at and i.customer_id = c.id and i.evidence <> 'shop' and r.confidence is null
      or r.confidence <= 0.8 then 'new' else 'known' end as how,
  coalesce(r.confidence, 0::real) as confidence, coalesce(r.reasons::text, '[]') as reasons,
  coalesce(i.kind, '') as kind, coalesce(i.evidence, '') as evidence, m.conversation_id as matter
from interaction m
left join identity i on i.id = m.identity_id
left join recognised r on r.interaction_id = m.id
join customer c on c.id = coalesce(r.customer_id, i.customer_id, m.customer_id)
where m.id = coalesce((select interaction_id from copy where signal_id = :id), :id);

-- name: in_the_end
select id, coalesce(stands_for, id) from customer where id = any (:ids::uuid[]);
