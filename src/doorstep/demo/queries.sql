-- The demo's own statements.

-- name: is_loaded
select exists (select from location where source = :source);

-- name: staff
select id from agent where role in ('agent', 'supervisor') and ended_at is null order by sign_in;

-- name: add_queue
insert into queue (id, name) values (:id, :name);

-- name: add_queue_count
insert into queue_count (queue_id) values (:queue_id);

-- name: add_inbox
insert into inbox (id, channel, name, address, queue_id, reply_within)
values (:id, :channel, :name, :address, :queue_id, :reply_within);

