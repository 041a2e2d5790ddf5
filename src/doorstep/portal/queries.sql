-- Links to a customer's own page.

-- name: all_theirs
select bool_and(exists (
  select from identity i where i.kind = t.kind and i.value = t.value and i.customer_id = :customer_id
)) from unnest(:kinds::text[], :vals::text[]) as t (kind, value);

-- name: sweep_links
delete from choice_link where expires_at < :now and (page_until is null or page_until < :now);

-- name: make_link
insert into choice_link (link, customer_id, expires_at) values (:link, :customer_id, :expires_at);

-- name: open_link
update choice_link set opened_at = :now, page = :page, page_until = :until
where link = :link and opened_at is null and expires_at > :now returning customer_id;

-- name: page_of
select customer_id from choice_link where page = :page and page_until > :now;
