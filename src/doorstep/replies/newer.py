"""Newer: what an agent has not seen yet stops a reply, so that two do not answer over one another."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Conflict, made_at
from doorstep.people import Me
from doorstep.replies.model import Newer, NewReply
from doorstep.store import Connection, beside

sql = beside(__file__)

EVER = datetime(1970, 1, 1, tzinfo=UTC)


async def check_nothing_newer(tx: Connection, conversation_id: UUID, reply: NewReply, me: Me) -> None:
    """Holds the conversation until the end of `tx`, so that of two at one moment the second sees the first.

    Raises `Conflict` with `newer`, when something came or a colleague wrote since `as_of`.
    """
    if reply.as_of is None:
        return
    await sql.value(tx, "hold_conversation", id=conversation_id)
    if reply.anyway:
        return
    newer = await sql.row(
        tx,
        "newer",
        Newer,
        conversation_id=conversation_id,
        agent_id=me.agent_id,
        as_of=reply.as_of,
        made_at=made_at(reply.as_of) if reply.as_of.version == 7 else EVER,
    )
    if newer is not None:
        what = "wrote meanwhile" if newer.kind == "message" else "answered meanwhile"
        raise Conflict(
            f"{newer.who or 'Somebody'} {what}. Read it first, or send it anyway.",
            newer=msgspec.to_builtins(newer),
        )
