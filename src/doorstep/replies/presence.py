"""Presence: who has a conversation open, and who writes in it; told only when that changes.

Whoever looks says so again within `GONE_AFTER`; who does not is gone, which the next to say it notices.
"""

from datetime import datetime, timedelta
from uuid import UUID

from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.replies.model import Goer, Presence
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)

GONE_AFTER = timedelta(seconds=30)
TOLD = "presence.changed"


async def be_here(tx: Connection, conversation_id: UUID, is_writing: bool, me: Me, now: datetime) -> None:
    """Say that `me` is here. Raises `NotFound`.

    One's own row is written before those of others are let go, which waits for nobody: no two stand in
    each other's way.
    """
    is_change: bool | None = await sql.value(
        tx,
        "be_here",
        conversation_id=conversation_id,
        agent_id=me.agent_id,
        writing=is_writing,
        now=now,
        gone_since=now - GONE_AFTER,
    )
    if is_change is None:
        raise NotFound("There is no such conversation.")
    gone = await sql.rows(tx, "let_go", Goer, gone_since=now - GONE_AFTER)
    changed = [(row.conversation_id, row.agent_id) for row in gone]
    changed += [(conversation_id, me.agent_id)] if is_change else []
    await outbox.tell_many(tx, TOLD, [(None, where, who) for where, who in changed])


async def go(tx: Connection, conversation_id: UUID, me: Me) -> None:
    """Say that `me` looks elsewhere; harmless when it was known."""
    if await sql.value(tx, "go", conversation_id=conversation_id, agent_id=me.agent_id):
        await outbox.tell(tx, TOLD, None, conversation_id, me.agent_id)


async def present(on: Connection, conversation_id: UUID, now: datetime) -> list[Presence]:
    """Who is here, oneself too, by name."""
    gone_since = now - GONE_AFTER
    return await sql.rows(on, "present", Presence, conversation_id=conversation_id, gone_since=gone_since)
