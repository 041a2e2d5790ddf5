"""Change the state of a conversation: a record of who did it, and an event.

Each change names the version it was decided on; whoever comes second is told, and nothing is overwritten.
"""

from collections import Counter
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from doorstep.conversations.model import Changed
from doorstep.kernel import Conflict, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.routing import count_waiting
from doorstep.store import Connection, beside, jobs, outbox

sql = beside(__file__)

FOLLOW_UP = "conversation.follow_up"
Verb = Literal["resolve", "reopen", "wait", "take", "release"]


class Change(msgspec.Struct, frozen=True):
    """What a verb does: the state it leads to (none: as it was), and whether it gives or takes the agent."""

    told: str
    state: str | None = None
    assigns: bool = False
    to_me: bool = False


CHANGES: dict[Verb, Change] = {
    "resolve": Change("resolved", state="resolved"),
    "reopen": Change("reopened", state="open"),
    "wait": Change("waits", state="waiting"),
    "take": Change("took", assigns=True, to_me=True),
    "release": Change("released", assigns=True),
}


async def change(
    tx: Connection,
    conversation_id: UUID,
    verb: Verb,
    version: int,
    me: Me,
    now: datetime,
    until: datetime | None = None,
) -> Changed:
    """Do it. Raises `NotFound`, or `Conflict` when the conversation was changed after `version`.

    Opened again, it has a promise from now on if the last word is the customer's. One that waits comes back
    by itself `until` then, if that is said.
    """
    if until is not None and (verb != "wait" or until <= now):
        raise Invalid("Say a time to come, until when it waits.")
    wanted = CHANGES[verb]
    changed = await sql.row(
        tx,
        "change_state",
        Changed,
        id=conversation_id,
        version=version,
        state=wanted.state,
        assigns=wanted.assigns,
        agent_id=me.agent_id if wanted.to_me else None,
        until=until,
        now=now,
    )
    if changed is None:
        await _explain(tx, conversation_id)
        raise Conflict("Somebody changed this conversation a moment ago. Look at it again.")
    if until is not None:
        await remind(tx, changed.id, until)
    await record(tx, changed, wanted.told, me, now, f"{until:%Y-%m-%dT%H:%M:%SZ}" if until else "")
    return changed


async def read(tx: Connection, conversation_id: UUID, me: Me) -> bool:
    """Mark as read; False when it was. Raises `NotFound`."""
    customer_id = await sql.value(tx, "mark_read", id=conversation_id)
    if customer_id is None:
        await _explain(tx, conversation_id)
        return False
    await outbox.tell(tx, "conversation.read", customer_id, conversation_id, actor_id=me.agent_id)
    return True


async def undo(tx: Connection, conversation_id: UUID, version: int, me: Me, now: datetime) -> Changed:
    """Restore how it stood before the change that led to `version`. Raises `NotFound`, `Conflict`."""
    changed = await sql.row(tx, "restore", Changed, id=conversation_id, version=version)
    if changed is None:
        await _explain(tx, conversation_id)
        raise Conflict("Something happened in this conversation since; it stays as it is. Change it by hand.")
    await record(tx, changed, "undone", me, now)
    return changed


async def _explain(tx: Connection, conversation_id: UUID) -> None:
    if await sql.value(tx, "exists_now", id=conversation_id) is None:
        raise NotFound("There is no such conversation.")


async def record(
    tx: Connection, changed: Changed, told: str, me: Me | None, now: datetime, detail: str = ""
) -> None:
    """A line in the story, an event, and what waits."""
    agent_id = me.agent_id if me else None
    await sql.run(
        tx,
        "act",
        id=new_id(),
        customer_id=changed.customer_id,
        conversation_id=changed.id,
        agent_id=agent_id,
        happened_at=now,
        verb=told,
        detail=detail,
    )
    await outbox.tell(
        tx, f"conversation.{told}", changed.customer_id, changed.id, changed.id, actor_id=agent_id
    )
    if changed.is_listed:
        grown = (changed.is_now == "open") - (changed.was == "open")
        await count_waiting(tx, Counter({changed.queue_id: grown}))


async def remind(tx: Connection, conversation_id: UUID, until: datetime) -> None:
    """Let it come back then; a date that was set before no longer holds."""
    await jobs.cancel(tx, FOLLOW_UP, str(conversation_id))
    await jobs.add(tx, FOLLOW_UP, conversation_id, due_at=until, key=str(conversation_id))
