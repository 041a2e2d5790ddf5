"""Delivery: what became of a reply, on the story and on the desk."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.people import Me
from doorstep.replies.model import Queued, Reply, Returned
from doorstep.replies.queue import JOB, sql
from doorstep.routing import count_waiting
from doorstep.store import Connection, jobs, outbox
from doorstep.store.reason import storable


async def queued(tx: Connection, reply_id: UUID) -> Queued | None:
    """The reply, locked, if it is still to be sent."""
    reply = await sql.row(tx, "reply_by_id", Queued, id=reply_id)
    return reply if reply is not None and reply.delivery == "queued" else None


async def sent(tx: Connection, reply: Queued, refused: str = "") -> None:
    """It has left, but for those it was `refused`; what came in after it was written keeps its promise."""
    await sql.run(tx, "mark_delivery", id=reply.id, delivery="sent", detail=_said(refused))
    if reply.mode == "reply" and not reply.is_automatic:
        await sql.run(tx, "keep_promise", id=reply.conversation_id, written_at=reply.happened_at)
    await outbox.tell(tx, "reply.sent", reply.customer_id, reply.conversation_id, reply.id)


async def failed(tx: Connection, reply: Queued, reason: str) -> None:
    """It cannot be delivered: the conversation is back on the desk, with the reason."""
    await sql.run(tx, "mark_delivery", id=reply.id, delivery="failed", detail=_said(reason))
    if not reply.is_automatic:
        await _back_on_the_desk(tx, reply)
    await outbox.tell(tx, "reply.failed", reply.customer_id, reply.conversation_id, reply.id)


async def _back_on_the_desk(tx: Connection, reply: Queued) -> None:
    returned = await sql.rows(tx, "back_on_the_desk", Returned, id=reply.conversation_id)
    await count_waiting(tx, Counter(row.queue_id for row in returned if row.woke))


async def delayed(tx: Connection, reply: Queued, reason: str) -> None:
    """The other side asks us to come back: it stays queued, and says why."""
    await sql.run(tx, "mark_delivery", id=reply.id, delivery="queued", detail=_said(reason))


async def retry(tx: Connection, reply_id: UUID, me: Me, now: datetime) -> Reply:
    """Send a failed reply once more. Raises `NotFound`, or `Conflict` when it did not fail."""
    reply = await sql.row(tx, "reply_by_id", Queued, id=reply_id)
    if reply is None:
        raise NotFound("There is no such reply.")
    if reply.delivery != "failed":
        raise Conflict("It did not fail; there is nothing to repeat.")
    await sql.run(tx, "mark_delivery", id=reply_id, delivery="queued", detail="")
    await jobs.add(tx, JOB, reply_id, due_at=now, key=str(reply_id), lane=str(reply.inbox_id))
    await outbox.tell(
        tx, "reply.queued", reply.customer_id, reply.conversation_id, reply_id, actor_id=me.agent_id
    )
    return Reply(reply_id, reply.conversation_id, now, "queued")


def _said(reason: str) -> str:
    return storable(reason)[:500]
