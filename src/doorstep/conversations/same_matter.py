"""Same matter? Where several fitted what came, the agent says which it is, or that it is none."""

from datetime import datetime
from uuid import UUID

from doorstep.conversations.join import Joined, join, sql
from doorstep.kernel import Conflict
from doorstep.people import Me
from doorstep.store import Connection, outbox


async def answer_same_matter(
    tx: Connection, conversation_id: UUID, same_as: UUID | None, me: Me, now: datetime
) -> Joined | None:
    """Join it with that one; with none, it stays a matter of its own. Raises `NotFound`, `Conflict`."""
    whose = await sql.value(
        tx, "answer_same_matter", conversation_id=conversation_id, agent_id=me.agent_id, now=now
    )
    if whose is None:
        raise Conflict("Somebody has answered this already. Look at it again.")
    if same_as is not None:
        return await join(tx, same_as, conversation_id, "asked", me, now)
    await outbox.tell(tx, "conversation.own_matter", whose, conversation_id, actor_id=me.agent_id)
    return None
