-- Words that are ready: macros, signatures, and what their variables say.

-- name: macros -> MacroName
select m.id, m.name, m.folder, coalesce(q.name, '') as queue, m.acts, m.uses,
  left(regexp_replace(m.html, '<[^>]*>', ' ', 'g'), 300) as beginning
from macro m left join queue q on q.id = m.queue_id
order by lower(m.folder), lower(m.name), m.id limit 2000;

-- name: macros_for -> MacroName
select m.id, m.name, m.folder, coalesce(q.name, '') as queue, m.acts, m.uses,
  left(regexp_replace(m.html, '<[^>]*>', ' ', 'g'), 300) as beginning
from conversation v
join macro m on m.queue_id is null or m.queue_id = v.queue_id
left join queue q on q.id = m.queue_id
where v.id = :conversation_id
order by lower(m.folder), lower(m.name), m.id limit 2000;

-- name: macro -> Macro
select m.id, m.name, m.folder, coalesce(q.name, '') as queue, m.acts, m.uses, m.html
from macro m left join queue q on q.id = m.queue_id where m.id = :id;

-- name: use -> Macro
update macro m set uses = uses + 1
from conversation v
where m.id = :id and v.id = :conversation_id and (m.queue_id is null or m.queue_id = v.queue_id)
returning m.id, m.name, m.folder, '' as queue, m.acts, m.uses, m.html;

-- name: queue_there
select id from queue where name = :name order by id limit 1;

-- name: put_macro
insert into macro (id, name, folder, html, queue_id, acts, changed_at)
values (:id, :name, :folder, :html, :queue_id, :acts, :now);

-- name: change_macro
update macro set name = :name, folder = :folder, html = :html, queue_id = :queue_id, acts = :acts, changed_at = :now
where id = :id;

-- name: drop_macro
delete from macro where id = :id;

-- name: inbox_name
select name from inbox where id = :id;

-- name: signature
select html from signature where inbox_id = :inbox_id and agent_id is not distinct from :agent_id;

-- name: signatures -> InboxSignature
select i.id as inbox_id, i.channel, i.name as inbox_name, i.address, ours.html as ours, own.html as own
from inbox i
left join signature ours on ours.inbox_id = i.id and ours.agent_id is null
left join signature own on own.inbox_id = i.id and own.agent_id = :agent_id
order by i.address, i.id limit 1000;

-- name: signature_under
select html from signature where inbox_id = :inbox_id and (agent_id = :agent_id or agent_id is null)
order by agent_id nulls last limit 1;

-- name: set_signature
insert into signature (inbox_id, agent_id, html) values (:inbox_id, :agent_id, :html)
on conflict (inbox_id, agent_id) do update set html = excluded.html;

-- name: drop_signature
delete from signature where inbox_id = :inbox_id and agent_id is not distinct from :agent_id;

-- name: facts -> Facts
select c.name as customer_name, coalesce(o.order_no, '') as order_no, coalesce(o.state, '') as order_state,
  coalesce(p.tracking_no, '') as tracking_no, coalesce(p.carrier, '') as carrier
from conversation v
join customer ground on ground.id = v.customer_id
join customer c on c.id = coalesce(ground.stands_for, ground.id)
left join lateral (
  select s.id, s.order_no, s.state
  from (
    select id, order_no, state, placed_at from sales_order
    where customer_id in (select m.id from customer m where m.id = c.id or m.stands_for = c.id)
    order by placed_at desc, id desc limit 20
  ) s
  cross join lateral (
    select max(i.happened_at) as at
    from (
      select happened_at, subject || ' ' || left(text, 20000) as words from interaction
      where conversation_id = any (whole(v.id)) and direction <> 'note' order by happened_at desc limit 20
    ) i
    where i.words ~* (
      '(^|\W)' || regexp_replace(ltrim(s.order_no, '#'), '(\W)', '\\\1', 'g') || '($|\W)'
    )
  ) named
  order by named.at desc nulls last, s.placed_at desc, s.id desc limit 1
) o on true
left join lateral (
  select tracking_no, carrier from shipment where order_id = o.id order by created_at desc, id desc limit 1
) p on true
where v.id = :conversation_id;
