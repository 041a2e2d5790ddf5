"""Undo: take a reply back before it has left; its words return to the composer."""

from datetime import datetime
from uuid import UUID

from doorstep.drafts import NewDraft, give_back
from doorstep.kernel import Conflict, NotFound
from doorstep.people import Me
from doorstep.replies.model import NewReply, Queued
from doorstep.replies.queue import JOB, sql
from doorstep.store import Connection, jobs, let_go_files, outbox


async def undo(tx: Connection, reply_id: UUID, me: Me, now: datetime) -> NewReply:
    """Take it back. Raises `NotFound`, or `Conflict` when it has left.

    The conversation stands as before, unless something happened in it since: then only the words come back.
    They are a draft again, with the files, unless another was begun meanwhile.
    """
    reply = await sql.row(tx, "reply_by_id", Queued, id=reply_id)
    if reply is None:
        raise NotFound("There is no such reply.")
    if reply.delivery != "queued" or not await jobs.cancel(tx, JOB, str(reply_id)):
        raise Conflict("It has left already.")
    back = await _returned(tx, reply, me, now)
    await sql.run(tx, "take_back", id=reply_id)
    await outbox.tell(
        tx, "reply.undone", reply.customer_id, reply.conversation_id, reply_id, actor_id=me.agent_id
    )
    return back


async def _returned(tx: Connection, reply: Queued, me: Me, now: datetime) -> NewReply:
    to, cc = reply.addresses
    of = reply.of_id if reply.mode == "forward" else None
    draft = NewDraft(reply.mode, to, cc, reply.unseen, reply.subject, reply.html, reply.text, of)
    files = await give_back(tx, reply.conversation_id, reply.id, draft, me, now)
    left = await sql.tuples(tx, "files_let_go", id=reply.id)
    await let_go_files(tx, [row[0] for row in left], [row[1] for row in left])
    return NewReply(
        reply.text,
        to,
        cc,
        reply.subject,
        html=reply.html,
        bcc=reply.unseen,
        attachments=tuple(files),
        mode=reply.mode,
        of=of,
        acts=tuple(reply.acts),
        sign=bool(reply.signature),
    )
