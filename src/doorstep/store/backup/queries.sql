-- name: share_snapshot
select pg_export_snapshot();

-- name: files_in_use
select distinct sha256 from file_use;

-- name: files_still_in_use
select distinct sha256 from file_use where sha256 = any(:sha256s);

-- name: migrations_run
select name from migration order by name;

-- name: server_version
select current_setting('server_version_num')::int;

-- name: tables
select count(*)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname <> 'information_schema' and n.nspname not like 'pg\_%' and c.relkind in ('r', 'p', 'v', 'm');
