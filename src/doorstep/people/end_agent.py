"""End somebody's work here: they cannot sign in, what they did stays."""

from datetime import datetime
from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def end_agent(tx: Connection, agent_id: UUID, now: datetime, by: UUID) -> None:
    """End an agent and all their sessions. Raises `Conflict` for oneself, `NotFound` when there is none."""
    if agent_id == by:
        raise Conflict("You cannot end yourself: let another administrator do it.")
    # Two administrators who end each other meet here, and the second one is none any more.
    if by not in [row[0] for row in await sql.tuples(tx, "lock_administrators")]:
        raise Conflict("You are no administrator any more: somebody changed it a moment ago.")
    if not await sql.run(tx, "end_agent", id=agent_id, now=now):
        raise NotFound("There is no such agent, or their work here has ended already.")
    await sql.run(tx, "end_sessions", agent_id=agent_id, but=b"")
    await outbox.tell(tx, "agent.ended", subject_id=agent_id, actor_id=by)
