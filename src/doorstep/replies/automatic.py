"""Queue an automatic answer: it stands in the story as ours, and leaves; nobody's promise is kept by it."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.replies.model import NewReply
from doorstep.replies.queue import JOB, Destination, check, sql
from doorstep.store import Connection, jobs, outbox


async def queue_automatic(
    tx: Connection, reply_id: UUID, reply: NewReply, where: Destination, now: datetime
) -> None:
    """Put it on the story and in the queue; the conversation stays as it is. Raises `Invalid`, `TooMuch`."""
    check(reply)
    customer_id = await sql.value(
        tx,
        "queue_automatic",
        id=reply_id,
        conversation_id=where.conversation_id,
        inbox_id=where.inbox_id,
        channel=where.channel,
        subject=reply.subject,
        text=reply.text,
        message_id=where.message_id,
        recipients=msgspec.json.encode((reply.to, reply.cc)),
        now=now,
    )
    await jobs.add(tx, JOB, reply_id, due_at=now, key=str(reply_id), lane=str(where.inbox_id))
    await outbox.tell(tx, "reply.queued", customer_id, where.conversation_id, reply_id)
