"""Set somebody's forgotten password; it lets them in once, to choose their own."""

from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.people.lock_out import forget_failures
from doorstep.people.model import Known
from doorstep.people.passwords import check_password, hashed
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def set_password(tx: Connection, agent_id: UUID, password: str, by: UUID | None = None) -> None:
    """Set it, end their sessions and their lock-out; `by` is who did it, none at the command line.

    Raises `NotFound`, `Invalid` for a weak password, `Conflict` for oneself.
    """
    if agent_id == by:
        raise Conflict("This is you: change your own password by giving the one you have.")
    known = await sql.row(tx, "agent_by_id", Known, id=agent_id)
    if known is None:
        raise NotFound("There is no such agent, or their work here has ended.")
    check_password(password, known.sign_in, known.name)
    await sql.run(tx, "set_password", id=agent_id, password=await hashed(password), must_change=True)
    await sql.run(tx, "end_sessions", agent_id=agent_id, but=b"")
    await forget_failures(tx, known.sign_in)
    await outbox.tell(tx, "password.set", subject_id=agent_id, actor_id=by)


async def set_password_of(tx: Connection, sign_in: str, password: str) -> None:
    """The same by sign-in name, for the command line. Raises as `set_password` does."""
    known = await sql.row(tx, "agent_by_sign_in", Known, sign_in=sign_in.strip())
    if known is None:
        raise NotFound("Nobody signs in by this name.")
    await set_password(tx, known.id, password)
