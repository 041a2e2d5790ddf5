"""Add somebody who works here."""

from datetime import datetime
from uuid import UUID

from doorstep.kernel import Conflict, Invalid, new_id
from doorstep.people.model import Agent
from doorstep.people.passwords import check_password, hashed
from doorstep.people.roles import Role
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def add_agent(
    tx: Connection,
    sign_in: str,
    name: str,
    role: Role,
    password: str,
    now: datetime,
    by: UUID | None = None,
) -> Agent:
    """Add an agent; `by` is who did it, none at the first start.

    Raises `Invalid` for an empty name or a weak password, `Conflict` when the sign-in name is taken.
    """
    sign_in, name = sign_in.strip(), name.strip()
    if not sign_in or not name:
        raise Invalid("A name and a sign-in name are needed.", field="sign_in" if name else "name")
    check_password(password, sign_in, name)
    agent = await sql.row(
        tx,
        "add_agent",
        Agent,
        id=new_id(),
        sign_in=sign_in,
        name=name,
        role=role,
        password=await hashed(password),
        now=now,
    )
    if agent is None:
        raise Conflict("This sign-in name is taken.")
    await outbox.tell(tx, "agent.added", subject_id=agent.id, actor_id=by)
    return agent
