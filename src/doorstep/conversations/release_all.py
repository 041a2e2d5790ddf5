"""Release all: what somebody who leaves has not finished goes back to its queue, and is nobody's."""

from datetime import datetime
from uuid import UUID

from doorstep.conversations.model import Released
from doorstep.kernel import new_id
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def release_all(tx: Connection, agent_id: UUID, by: UUID, now: datetime) -> int:
    """Take their open and waiting conversations from them, within `tx`; returns how many there were."""
    released = await sql.rows(tx, "release_all", Released, agent_id=agent_id)
    listed = [row for row in released if row.is_listed]
    await sql.run(
        tx,
        "act_on_many",
        ids=[new_id() for _ in listed],
        customer_ids=[row.customer_id for row in listed],
        conversation_ids=[row.id for row in listed],
        agent_id=by,
        happened_at=now,
        verb="released",
    )
    rows = [(row.customer_id, row.id, row.id) for row in listed]
    await outbox.tell_many(tx, "conversation.released", rows, actor_id=by)
    return len(listed)
