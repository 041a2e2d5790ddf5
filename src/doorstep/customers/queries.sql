-- One statement for a batch: who has each address, whether others have it too, and who is new by it. Of a new one
-- that somebody has otherwise, or that says more of itself, there is a row without a customer. An address that its
-- channel vouches for now, and did not before, is known better from now on.
-- name: identify -> Found
with asked as (
  select * from unnest(
    :kinds::text[], :values::text[], :names::text[], :evidence::text[], :customer_ids::uuid[], :identity_ids::uuid[],
    :alone::boolean[]
  ) as t (kind, value, name, evidence, customer_id, identity_id, is_alone)
), known as (
  select a.kind, a.value, i.customer_id, i.id as identity_id, i.name, a.evidence as now, i.evidence as before,
    exists (
      select from holder h where h.kind = a.kind and h.value = a.value and h.customer_id <> i.customer_id
    ) as is_shared
  from asked a cross join lateral (
    select id, customer_id, name, evidence from identity where identity.kind = a.kind and identity.value = a.value
  ) i
), vouched as (
  update identity set evidence = 'attested', attested_at = now()
  from known where identity.id = known.identity_id and known.now = 'attested' and known.before <> 'attested'
), unknown as (
  select *, is_alone and not exists (
    select from holder h where h.kind = a.kind and h.value = a.value
  ) as is_new
  from asked a where not exists (
    select from identity i where i.kind = a.kind and i.value = a.value
  )
), made as (
  insert into customer (id, name) select customer_id, name from unknown where is_new
), added as (
  insert into identity (id, kind, value, name, customer_id, evidence, attested_at)
  select identity_id, kind, value, name, customer_id, evidence, case when evidence = 'attested' then now() end
  from unknown where is_new
  on conflict (kind, value) do nothing
  returning kind, value, customer_id, id as identity_id
)
select kind, value, customer_id, identity_id, name, is_shared from known
union all select kind, value, customer_id, identity_id, '', false from added
union all select kind, value, null, null, '', false from unknown where not is_new;

-- name: holders -> Holder
select k.kind, k.value, t.customer_id, coalesce(c.stands_for, c.id) as lead_id,
  coalesce(nullif(t.name, ''), c.name) as name, t.since, t.identity_id
from unnest(:kinds::text[], :values::text[]) as k (kind, value)
cross join lateral (
  (select customer_id, name, linked_at as since, id as identity_id from identity
   where identity.kind = k.kind and identity.value = k.value)
  union all
  (select customer_id, name, since, null from holder
   where holder.kind = k.kind and holder.value = k.value limit 30)
) t
cross join lateral (select id, stands_for, name from customer where customer.id = t.customer_id) c;

-- Whose the orders and messages are that arrivals mention.
-- name: hints -> Hint
select k.n, 'order' as what, o.customer_id, coalesce(c.stands_for, c.id) as lead_id,
  coalesce(nullif(o.bill_to ->> 'name', ''), nullif(o.ship_to ->> 'name', ''), c.name) as name,
  coalesce(o.ship_to ->> 'name', '') as other_name,
  coalesce(nullif(o.bill_to ->> 'postcode', ''), o.ship_to ->> 'postcode', '') as postcode,
  coalesce(o.ship_to ->> 'postcode', '') as other_postcode
from unnest(:order_places::int[], :order_nos::text[]) as k (n, order_no)
cross join lateral (
  select customer_id, bill_to, ship_to from sales_order where sales_order.order_no = k.order_no limit 5
) o
cross join lateral (select id, stands_for, name from customer where customer.id = o.customer_id) c
union all
select k.n, 'message', p.id, coalesce(p.stands_for, p.id), coalesce(nullif(i.name, ''), p.name), '', '', ''
from unnest(:places::int[], :names::text[], :inbox_ids::uuid[]) as k (n, name, inbox_id)
cross join lateral (
  (select id, identity_id from interaction
   where message_id = k.name and message_id <> '' and interaction.inbox_id = k.inbox_id and direction = 'in'
   order by id limit 1)
  union all
  (select id, identity_id from interaction
   where message_id = k.name and message_id <> '' and direction = 'in' order by inbox_id, id limit 1)
  limit 1
) m
left join lateral (select customer_id, is_question from recognised where interaction_id = m.id) r on true
left join lateral (select customer_id, name from identity where identity.id = m.identity_id) i on true
cross join lateral (
  select id, stands_for, name from customer where customer.id = coalesce(r.customer_id, i.customer_id)
) p;

-- name: place -> Given
with made as (
  insert into customer (id, name) select * from unnest(:customer_ids::uuid[], :customer_names::text[])
), added as (
  insert into identity (id, kind, value, name, customer_id, evidence, reasons, attested_at)
  select id, kind, value, name, owner, evidence, reasons::jsonb, case when evidence = 'attested' then now() end
  from unnest(:ids::uuid[], :kinds::text[], :values::text[], :names::text[], :owners::uuid[], :evidence::text[],
    :reasons::text[]) as t (id, kind, value, name, owner, evidence, reasons)
  on conflict (kind, value) do nothing
  returning kind, value, id as identity_id
), held as (
  insert into holder as h (kind, value, customer_id, name, evidence)
  select * from unnest(:held_kinds::text[], :held_values::text[], :holders::uuid[], :held_names::text[],
    :held_evidence::text[])
  on conflict (kind, value, customer_id) do nothing
), noted as (
  insert into recognised (interaction_id, customer_id, confidence, reasons, is_question)
  select id, customer_id, confidence, why::jsonb, is_question
  from unnest(:interaction_ids::uuid[], :given_to::uuid[], :confidences::real[], :whys::text[], :questions::boolean[])
    as t (id, customer_id, confidence, why, is_question)
  on conflict (interaction_id) do update
  set customer_id = excluded.customer_id, confidence = excluded.confidence, reasons = excluded.reasons,
      is_question = excluded.is_question
)
select kind, value, identity_id from added;

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

-- name: describe
with given as (
  select * from unnest(:ids::uuid[], :customer_ids::uuid[], :external_ids::text[], :said::text[])
    as t (id, customer_id, external_id, said)
), before as (
  delete from block using (
    select d.id from given cross join lateral (
      select id from description where source = :source and description.external_id = given.external_id
    ) d
  ) old
  where block.description_id = old.id
)
insert into description (id, customer_id, source, external_id, said)
select id, customer_id, :source, external_id, said::jsonb from given
on conflict (source, external_id) do update
set customer_id = excluded.customer_id, said = excluded.said, described_at = now();

-- name: put_blocks
insert into block (word, description_id, customer_id)
select t.word, d.id, d.customer_id
from unnest(:external_ids::text[], :words::text[]) as t (external_id, word)
cross join lateral (
  select id, customer_id from description where source = :source and description.external_id = t.external_id
) d
on conflict do nothing;

-- name: heard -> Heard
select i.customer_id, i.kind, i.value, coalesce(nullif(i.name, ''), customer.name) as name
from identity i join customer on customer.id = i.customer_id
where i.customer_id = any (:customer_ids::uuid[]) and i.kind in ('mailbox', 'number', 'handle')
  and not exists (
    select from description d where d.customer_id = i.customer_id and d.source <> 'signals'
  )
order by i.linked_at, i.id;

-- name: near -> Row
with own as (
  select distinct b.word from description d join block b on b.description_id = d.id
  where d.customer_id = :customer_id
), met as (
  select distinct t.description_id
  from own cross join lateral (
    select array_agg(description_id) as ids from (
      select description_id from block where block.word = own.word limit :common + 1
    ) few
  ) found cross join lateral unnest(found.ids) as t (description_id)
  where cardinality(found.ids) <= :common
)
select d.customer_id, coalesce(c.stands_for, c.id) as lead_id, d.said::text as said,
  d.source = 'signals' as is_heard
from met join description d on d.id = met.description_id join customer c on c.id = d.customer_id;

-- name: descriptions_of -> Row
select d.customer_id, c.lead_id, d.said::text as said, d.source = 'signals' as is_heard
from unnest(:lead_ids::uuid[]) as l (id)
cross join lateral (
  (select id, l.id as lead_id from customer where customer.id = l.id)
  union all
  (select id, l.id from customer where stands_for = l.id)
) c
join description d on d.customer_id = c.id
limit :most * cardinality(:lead_ids::uuid[]);

-- Of those, who an agent has said is somebody else: by refusing the question, or by taking a merge back.
-- name: refused
with mine as (
  select id from customer where id = :one_id union all select id from customer where stands_for = :one_id
), apart as (
  select t.id from mine cross join lateral (
    select other_id as id from possible_match where one_id = mine.id and refused_at is not null
    union all
    select one_id from possible_match where other_id = mine.id and refused_at is not null
    union all
    select other_id from customer_link where one_id = mine.id and ended_by is not null
    union all
    select one_id from customer_link where other_id = mine.id and ended_by is not null
  ) t
)
select distinct coalesce(c.stands_for, c.id) as other_id
from apart join customer c on c.id = apart.id
where coalesce(c.stands_for, c.id) = any (:other_ids::uuid[]);

-- name: put_matches
insert into possible_match as old (one_id, other_id, score, confidence, reasons)
select one, other, score, confidence, why::jsonb
from unnest(:ones::uuid[], :others::uuid[], :scores::real[], :confidences::real[], :reasons::text[])
  as t (one, other, score, confidence, why)
on conflict (one_id, other_id) do update
set score = excluded.score, confidence = excluded.confidence, reasons = excluded.reasons
where old.refused_at is null;

-- name: hold
insert into holder (kind, value, customer_id, name, evidence)
values (:kind, :value, :customer_id, :name, :evidence)
on conflict (kind, value, customer_id) do nothing;

-- Each person once, by the record that fits best; nobody of whom an agent said that they are somebody else.
-- name: matches -> MatchRow
with lead as (
  select coalesce(stands_for, id) as id from customer where id = :customer_id
), whole as (
  select id from lead union all select c.id from lead join customer c on c.stands_for = lead.id
), pair as (
  select m.score, m.confidence, m.reasons, m.found_at, m.refused_at, c.id, c.name, c.city,
    coalesce(c.stands_for, c.id) as lead_id
  from whole cross join lateral (
    select *, other_id as theirs from possible_match where one_id = whole.id
    union all
    select *, one_id as theirs from possible_match where other_id = whole.id
  ) m join customer c on c.id = m.theirs
), best as (
  select distinct on (lead_id) * from pair
  where lead_id <> (select id from lead) and lead_id not in (select lead_id from pair where refused_at is not null)
  order by lead_id, score desc, id
)
select id as customer_id, name, city, score, confidence, reasons::text as reasons, found_at
from best order by score desc, id limit 10;

-- name: refuse
with mine as (
  select coalesce(stands_for, id) as lead from customer where id = :customer_id
), whole as (
  select lead as id from mine union all select c.id from mine join customer c on c.stands_for = mine.lead
)
update possible_match set refused_at = :refused_at, refused_by = :agent_id
from whole
where (one_id = whole.id and other_id = :other_id or other_id = whole.id and one_id = :other_id) and refused_at is null;

-- Who came since the last look; so the spine's transaction need not say it.
-- name: came_since
with new as (
  select id from customer where id > (select last from looked_for_matches where only_row)
    and id < :until order by id limit :most
), moved as (
  update looked_for_matches set last = (select id from new order by id desc limit 1) where exists (select from new)
)
select id from new;
