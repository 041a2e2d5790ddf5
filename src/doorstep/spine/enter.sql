-- A batch leaves what waits, and what the rooms ask before anything is written is asked beside that.

-- name: enter
with gone as (
  delete from work where id = any (:ids::uuid[]) and owner = :owner returning id
)
select (select count(*) from gone) as left_waiting,
  array(select row(known.*) from (/* standing */) known) as standing,
  array(select row(ground.*) from (/* grounds */) ground) as grounds,
  array(select row(way.*) from (/* routes */) way) as routes;
