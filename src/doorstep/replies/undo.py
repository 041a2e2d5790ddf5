"""Undo: take a reply back before it has left; its words return to the composer."""

from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.people import Me
from doorstep.replies.model import NewReply, Queued
from doorstep.replies.queue import JOB, sql
from doorstep.store import Connection, jobs, outbox


async def undo(tx: Connection, reply_id: UUID, me: Me) -> NewReply:
    """Take it back. Raises `NotFound`, or `Conflict` when it has left.

    The conversation stands as before, unless something happened in it since: then only the words come back.
    """
    reply = await sql.row(tx, "reply_by_id", Queued, id=reply_id)
    if reply is None:
        raise NotFound("There is no such reply.")
    if reply.delivery != "queued" or not await jobs.cancel(tx, JOB, str(reply_id)):
        raise Conflict("It has left already.")
    await sql.run(tx, "take_back", id=reply_id)
    await outbox.tell(
        tx, "reply.undone", reply.customer_id, reply.conversation_id, reply_id, actor_id=me.agent_id
    )
    to, cc = reply.addresses
    return NewReply(reply.text, to, cc, reply.subject)
