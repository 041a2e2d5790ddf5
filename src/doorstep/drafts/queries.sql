-- Drafts and their files.

-- name: draft -> DraftRow
select id, conversation_id, mode, recipients, subject, html, text, of_id, version, changed_at
from draft where agent_id = :agent_id and conversation_id = listed(:conversation_id);

-- name: lock_draft -> DraftRow
select id, conversation_id, mode, recipients, subject, html, text, of_id, version, changed_at
from draft where agent_id = :agent_id and conversation_id = listed(:conversation_id) for update;

-- name: begin_draft
insert into draft (id, conversation_id, agent_id, mode, version, changed_at)
select :id, id, :agent_id, 'reply', 0, :now from conversation where id = listed(:conversation_id)
on conflict (agent_id, conversation_id) do nothing;

-- name: keep_draft -> DraftRow
update draft set mode = :mode, recipients = :recipients, subject = :subject, html = :html, text = :text,
  of_id = :of_id, version = version + 1, changed_at = :now
where id = :id
returning id, conversation_id, mode, recipients, subject, html, text, of_id, version, changed_at;

-- name: drop_draft
delete from draft where id = :id;

-- name: own_drafts -> OwnDraft
select c.id as conversation_id, customer.id as customer_id, customer.name as customer_name, c.matter, d.mode,
  left(d.text, 200) as beginning,
  (select count(*) from draft_attachment f where f.draft_id = d.id)::int as attachments, d.changed_at
from draft d
join conversation c on c.id = listed(d.conversation_id)
join customer ground on ground.id = c.customer_id
join customer on customer.id = coalesce(ground.stands_for, ground.id)
where d.agent_id = :agent_id and (d.version > 0 or exists (select from draft_attachment f where f.draft_id = d.id))
order by d.changed_at desc limit :most;

-- name: whose_conversation
select customer_id from conversation where id = :conversation_id;

-- name: files_of -> FileRow
select id, name, media_type, size, sha256, content_id, inline
from draft_attachment where draft_id = :draft_id order by id;

-- name: attach_to_draft
insert into draft_attachment (id, draft_id, name, media_type, size, sha256, content_id, inline)
values (:id, :draft_id, :name, :media_type, :size, :sha256, :content_id, :inline);

-- name: detach
delete from draft_attachment f using draft d
where f.id = :id and d.id = f.draft_id and d.agent_id = :agent_id and d.conversation_id = listed(:conversation_id)
returning f.sha256;

-- name: own_file -> FileRow
select f.id, f.name, f.media_type, f.size, f.sha256, f.content_id, f.inline
from draft_attachment f join draft d on d.id = f.draft_id
where f.id = :id and d.agent_id = :agent_id and d.conversation_id = listed(:conversation_id);

-- name: attach_to_reply
insert into attachment (id, interaction_id, position, name, media_type, size, sha256, content_id, inline)
select f.id, :interaction_id, given.position - 1, f.name, f.media_type, f.size, f.sha256, f.content_id, f.inline
from unnest(:ids::uuid[]) with ordinality as given (id, position)
join draft_attachment f on f.id = given.id and f.draft_id = :draft_id;

-- name: take_from_reply
with gone as (
  delete from attachment where interaction_id = :interaction_id and position < :most::int returning *
)
insert into draft_attachment (id, draft_id, name, media_type, size, sha256, content_id, inline)
select id, :draft_id, name, media_type, size, sha256, content_id, inline from gone order by position
returning id;
