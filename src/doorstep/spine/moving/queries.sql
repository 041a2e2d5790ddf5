-- Statements of moving in.

-- name: add_import
insert into import (id, inbox_id, name, paths, is_uploaded, ours, agent_id)
values (:id, :inbox_id, :name, :paths, :is_uploaded, :ours, :agent_id);

-- name: unfinished_import -> Run
select id, inbox_id, paths, is_uploaded, ours, fingerprint, place
from import where state in ('waiting', 'running') and is_uploaded order by id limit 1;

-- name: same_import -> Run
select id, inbox_id, paths, is_uploaded, ours, fingerprint, place
from import where state in ('waiting', 'running') and not is_uploaded and inbox_id = :inbox_id and paths = :paths
order by id limit 1;

-- name: begin_import
update import set state = 'running', total = :total, fingerprint = :fingerprint, began_at = now(),
  began_place = case when fingerprint = :fingerprint then place else 0 end,
  place = case when fingerprint = :fingerprint then place else 0 end,
  taken = case when fingerprint = :fingerprint then taken else 0 end,
  known = case when fingerprint = :fingerprint then known else 0 end,
  refused = case when fingerprint = :fingerprint then refused else 0 end
where id = :id and state in ('waiting', 'running')
returning place;

-- name: forget_refusals
delete from import_refusal where import_id = :id and place >= :place;

-- name: advance_import
update import set place = :place, taken = taken + :taken, known = known + :known, refused = refused + :refused
where id = :id and state = 'running' and place = :was
returning id;

-- name: add_refusals
insert into import_refusal (import_id, place, found_at, message_id, reason)
select :id, * from unnest(:places::int[], :found_at::text[], :message_ids::text[], :reasons::text[]);

-- name: end_import
update import set state = :state, error = :error, ended_at = now()
where id = :id and state in ('waiting', 'running')
returning id;

-- name: imports -> Import
select import.id, import.inbox_id, inbox.name as inbox_name, inbox.channel, import.name, import.state, import.total,
  import.place, import.taken, import.known, import.refused, import.error, agent.name as agent_name,
  import.created_at, import.began_at, import.began_place, import.ended_at
from import join inbox on inbox.id = import.inbox_id left join agent on agent.id = import.agent_id
where import.id < :before order by import.id desc limit :most;

-- name: import -> Import
select import.id, import.inbox_id, inbox.name as inbox_name, inbox.channel, import.name, import.state, import.total,
  import.place, import.taken, import.known, import.refused, import.error, agent.name as agent_name,
  import.created_at, import.began_at, import.began_place, import.ended_at
from import join inbox on inbox.id = import.inbox_id left join agent on agent.id = import.agent_id
where import.id = :id;

-- name: refusals -> Refusal
select place, found_at, message_id, reason from import_refusal
where import_id = :id and place > :after order by place limit :most;

-- name: inbox_at -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings
from inbox where address = :address and channel = any (:channels::text[]) order by channel limit 1;

-- name: inbox_to_fill -> Inbox
select id, channel, name, address, convert_to(settings::text, 'UTF8') as settings from inbox where id = :id;

-- name: already_here
select external_id from seen where inbox_id = :inbox_id and external_id = any (:external_ids::text[]);

-- name: bulk_left
select count(*) from (select from work where priority = :priority limit :most) w;

-- name: open_imports
select id from import where state in ('waiting', 'running');
