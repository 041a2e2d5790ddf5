"""Change what somebody is here to do; it holds from their next request on."""

from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.people.model import Agent
from doorstep.people.roles import Role
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def change_role(tx: Connection, agent_id: UUID, role: Role, by: UUID) -> Agent:
    """Change it. Raises `NotFound`, or `Conflict` when no administrator would be left."""
    # Two administrators who demote each other meet here, and the second one finds that he is the last.
    administrators = [row[0] for row in await sql.tuples(tx, "lock_administrators")]
    if role is not Role.ADMINISTRATOR and administrators == [agent_id]:
        raise Conflict("There must be an administrator: make somebody else one first.")
    was = await sql.value(tx, "role_of", id=agent_id)
    agent = await sql.row(tx, "change_role", Agent, id=agent_id, role=role)
    if agent is None:
        raise NotFound("There is no such agent, or their work here has ended.")
    await outbox.tell(
        tx, "role.changed", subject_id=agent_id, actor_id=by, data={"was": was, "is": role.value}
    )
    return agent
