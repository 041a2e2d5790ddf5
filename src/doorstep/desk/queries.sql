-- What the agent's screen reads.

-- name: queue_mine -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  select * from conversation
  where state = 'open' and agent_id = :agent_id and joined_to is null
    and (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id) > (:after_due, :after_id)
  order by coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by coalesce(c.due_at, '9999-12-30 00:00:00+00'::timestamptz), c.id;

-- name: queue_team -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  select * from conversation
  where state = 'open' and agent_id is null and joined_to is null
    and (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id) > (:after_due, :after_id)
  order by coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by coalesce(c.due_at, '9999-12-30 00:00:00+00'::timestamptz), c.id;

-- name: queue_all -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  (select * from conversation
   where state = 'open' and agent_id is null and joined_to is null
     and (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id) > (:after_due, :after_id)
   order by coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id limit :most)
  union all
  (select * from conversation
   where state = 'open' and agent_id is not null and joined_to is null
     and (coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id) > (:after_due, :after_id)
   order by coalesce(due_at, '9999-12-30 00:00:00+00'::timestamptz), id limit :most)
  order by due_at nulls last, id limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by coalesce(c.due_at, '9999-12-30 00:00:00+00'::timestamptz), c.id;

-- name: rest_mine -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  select * from conversation
  where state <> 'open' and state = :state and agent_id = :agent_id and joined_to is null
    and (last_at, id) < (:before_at, :before_id)
  order by last_at desc, id desc limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by c.last_at desc, c.id desc;

-- name: rest_team -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  select * from conversation
  where state <> 'open' and state = :state and agent_id is null and joined_to is null
    and (last_at, id) < (:before_at, :before_id)
  order by last_at desc, id desc limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by c.last_at desc, c.id desc;

-- name: rest_all -> QueueRow
select c.id, customer.id as customer_id, customer.name as customer_name, c.matter, c.channel, c.state, c.due_at,
  c.opened_at, c.last_at, c.unread, c.agent_id, agent.name as agent_name,
  extract(epoch from inbox.reply_within)::int as reply_within_s, c.version
from (
  select * from conversation
  where state <> 'open' and state = :state and joined_to is null
    and (last_at, id) < (:before_at, :before_id)
  order by last_at desc, id desc limit :most
) c
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
join inbox on inbox.id = c.inbox_id
left join agent on agent.id = c.agent_id
order by c.last_at desc, c.id desc;

-- name: count_mine
select count(*) from conversation where state = 'open' and agent_id = :agent_id and joined_to is null;

-- name: count_assigned
select count(*) from conversation where state = 'open' and agent_id is not null and joined_to is null;

-- name: view
with people as materialized (select array(/* people */) as ids)
select json_build_object(
  'customer', (
    select json_build_object('id', c.id, 'ids', (select ids from people), 'name', c.name, 'city', c.city, 'country', c.country,
      'language', c.language, 'created_at', to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    from customer c where c.id = (select ids[1] from people)
  ),
  'identities', (
    select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'name', i.name,
      'evidence', i.evidence, 'linked_at', to_char(i.linked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'unreachable_at', to_char(i.unreachable_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'unreachable_why', i.unreachable_why, 'reasons', i.reasons,
      'attested_at', to_char(i.attested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      ) order by i.linked_at, i.id), '[]')
    from identity i where i.customer_id = any ((select ids from people)::uuid[])
  ),
  'orders', (/* orders */),
  'order_count', (
    select count(*) from unnest((select ids from people)::uuid[]) as c (id) cross join lateral (
      select from sales_order o where o.customer_id = c.id limit 1000
    ) counted
  ),
  'conversations', (
    select coalesce(json_agg(json_build_object('id', v.id, 'matter', v.matter, 'state', v.state,
      'channel', v.channel, 'opened_at', to_char(v.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'last_at', to_char(v.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'interactions', v.interactions) order by v.last_at desc), '[]')
    from (
      select newest.*
      from unnest((select ids from people)::uuid[]) as p (id) cross join lateral (
        select * from conversation c
        where c.customer_id = p.id and c.joined_to is null order by c.last_at desc limit 20
      ) newest
      order by newest.last_at desc limit 20
    ) v
  ),
  'story', (/* story */)
)
where exists (select from customer where id = (select ids[1] from people));

-- name: story_before
with people as materialized (select array(/* people */) as ids)
select (/* story */) as page where exists (select from customer where id = (select ids[1] from people));

-- name: story_after
with people as materialized (select array(/* people */) as ids)
select (/* story_after */) as page where exists (select from customer where id = (select ids[1] from people));

-- name: story_around
with people as materialized (select array(/* people */) as ids)
select (/* story_around */) as page where exists (select from customer where id = (select ids[1] from people));

-- name: is_customer
select exists (select from customer where id = :id);

-- name: search_story -> FoundEntry
with people as materialized (select array(/* people */) as ids)
select found.id, found.happened_at,
  to_char(found.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || found.id::text as place
from unnest((select ids from people)::uuid[]) as c (id) cross join lateral (
  select i.id, i.happened_at from interaction i
  where i.customer_id = c.id and i.words @@ to_tsquery('simple', :words)
    and (i.happened_at, i.id) < (:before_at::timestamptz, :before_id::uuid)
  order by i.happened_at desc, i.id desc limit :most
) found
order by found.happened_at desc, found.id desc limit :most;

-- name: search_customers -> FoundCustomer
select c.id, c.name, c.city, c.country, found.identity
from (
  (select i.customer_id as id, i.value as identity, 0 as rank
   from unnest(:kinds::text[], :begins::text[]) as k (kind, begins) cross join lateral (
     select customer_id, value from identity
     where identity.kind = k.kind and value >= k.begins and value < k.begins || :end order by value limit 10
   ) i)
  union all
  (select customer_id, value, 0 from identity
   where kind = 'loyalty' and lower(translate(value, ' .-/()', '')) collate "C" >= :bare
     and lower(translate(value, ' .-/()', '')) collate "C" < :bare || :end
   order by lower(translate(value, ' .-/()', '')) collate "C" limit 10)
  union all
  (select id, null, 1 from customer
   where lower(name) collate "C" >= lower(:words) and lower(name) collate "C" < lower(:words) || :end
   order by lower(name) collate "C" limit 20)
  union all
  (select id, null, 2 from customer where name ilike :within limit 20)
) found
join customer ground on ground.id = found.id
join customer c on c.id = coalesce(ground.stands_for, ground.id)
order by found.rank, c.name limit 40;

-- name: search_orders -> FoundOrder
select o.id, o.order_no, c.id as customer_id, c.name as customer_name, o.placed_at, o.total_minor, o.currency
from sales_order o join customer ground on ground.id = o.customer_id
join customer c on c.id = coalesce(ground.stands_for, ground.id)
where o.order_no in (:order_no, '#' || :order_no) order by o.placed_at desc limit 10;

-- name: page_of -> Page
select i.html, i.customer_id, exists (
  select from identity s join picture_sender p on p.kind = s.kind and p.value = s.value where s.id = i.identity_id
) as is_shown
from interaction i where i.id = :id;

-- name: sender_of
select customer_id from interaction where id = :id and identity_id is not null;

-- name: show_pictures
insert into picture_sender (kind, value, agent_id)
select s.kind, s.value, :agent_id::uuid from interaction i join identity s on s.id = i.identity_id where i.id = :id
on conflict do nothing;

-- name: hide_pictures
delete from picture_sender p using interaction i join identity s on s.id = i.identity_id
where i.id = :id and p.kind = s.kind and p.value = s.value;

-- name: words_of -> Words
select text, customer_id from interaction where id = :id;

-- name: inline_files -> InlineFile
select id, content_id from attachment where interaction_id = :id and content_id <> '';

-- name: attachment_of -> StoredFile
select a.name, a.media_type, a.size, a.sha256, i.customer_id
from attachment a join interaction i on i.id = a.interaction_id
where a.id = :id and a.interaction_id = :interaction_id;

-- name: printed -> PrintedLine
select i.id, i.happened_at, i.channel, i.direction,
  coalesce((select r.mode from reply r where r.id = i.id), '') as mode,
  i.subject, left(i.text, :longest) as text, left(i.said, :longest) as said, length(i.text) as length,
  i.recipients, i.delivery, s.name as sender_name, s.value as sender_value, a.name as agent_name,
  (select coalesce(json_agg(json_build_object('name', f.name, 'size', f.size) order by f.position), '[]')
   from attachment f where f.interaction_id = i.id)::text as files
from (
  select * from interaction
  where conversation_id = any (whole(:conversation_id)) and (happened_at, id) > (:after_at, :after_id)
    and (direction <> 'note' or :with_notes::boolean)
  order by happened_at, id limit :most
) i
left join identity s on s.id = i.identity_id
left join agent a on a.id = i.agent_id
order by i.happened_at, i.id;

-- name: addresses_of
select value from identity where customer_id = any (:customer_ids::uuid[]) order by linked_at, id limit 50;

-- name: order_numbers
select order_no from sales_order where customer_id = any (:customer_ids::uuid[]) order by placed_at desc, id desc limit :most;
