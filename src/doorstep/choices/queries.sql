-- Choices: what holds, who is reached, and what was stopped.

-- name: standing_choices -> ChoiceRow
select c.customer_id, c.content, c.said_by, c.said_at, agent.name as agent_name, c.how
from choice c left join agent on agent.id = c.agent_id
where c.customer_id = any (:customer_ids::uuid[]) and c.ended_at is null;

-- name: hold_customer
select id from customer where id = :id and erased_at is null for no key update;

-- name: change_choices
with before as (
  update choice set ended_at = :now where customer_id = :customer_id and ended_at is null
  returning id
), many as (select count(*) from before)
insert into choice (id, customer_id, content, said_at, said_by, agent_id, how)
select :id, :customer_id, :content, :now, :said_by, :agent_id, :how from many;

-- name: owners -> Owner
select i.kind, i.value, i.customer_id
from unnest(:kinds::text[], :vals::text[]) as t (kind, value)
cross join lateral (
  select kind, value, customer_id from identity where identity.kind = t.kind and identity.value = t.value
) i;

-- name: asked
select exists (
  select from conversation c join interaction i on i.conversation_id = any (under(c.id))
  where c.id = listed(:conversation_id) and c.state <> 'resolved' and i.direction = 'in' and i.kind = 'message'
    and i.customer_id = any (:customer_ids::uuid[])
);

-- name: count_refusal
insert into choice_refusal as r (day, refused) values (:day, 1)
on conflict (day) do update set refused = r.refused + 1;

-- name: refusals -> Refusals
select coalesce(sum(refused) filter (where day = :today::date), 0)::int as today,
  coalesce(sum(refused) filter (where day > :today::date - 30), 0)::int as days_30,
  coalesce(sum(refused), 0)::int as ever
from choice_refusal;

-- name: count_refused
select coalesce(sum(refused), 0)::bigint from choice_refusal;
