-- Lanes for jobs: what goes the same way, so that one that hangs does not take every hand.

alter table job add column lane text collate "C" not null default '';
alter table dead_job add column lane text collate "C" not null default '';
drop index job_due;
create index job_waiting on job (kind, lane, due_at) where owner is null;

-- The lanes in which something waits: one probe each, however many wait in it.
create view job_lane as
with recursive met (kind, lane) as (
  (select kind, lane from job where owner is null order by kind, lane limit 1)
  union all
  select beyond.kind, beyond.lane from met cross join lateral (
    select kind, lane from job
    where owner is null and (job.kind, job.lane) > (met.kind, met.lane) order by kind, lane limit 1
  ) beyond
)
select kind, lane from met;

-- The name of somebody who has left may be given again.
drop index agent_sign_in;
create unique index agent_sign_in on agent (lower(sign_in)) where ended_at is null;
alter table agent add column must_change_password boolean not null default false;
