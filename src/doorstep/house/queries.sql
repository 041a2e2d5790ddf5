-- What the house asks for itself.

-- name: migrations
select name from migration;
