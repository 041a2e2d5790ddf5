"""Change one's own password; every other session of the same person ends."""

from doorstep.kernel import Invalid, Refused, SignInNeeded
from doorstep.people.gate import Gate
from doorstep.people.model import Me
from doorstep.people.passwords import check_password, hashed
from doorstep.people.session import digest
from doorstep.people.sign_in import confirm
from doorstep.store import Database, beside, outbox

sql = beside(__file__)


async def change_password(
    db: Database, gate: Gate, me: Me, token: str, current: str, new: str, address: str
) -> None:
    """Set a new password for whoever is signed in with `token`.

    Like a sign-in it has transactions of its own and counts failures. Raises `Refused` when the current
    password is wrong, `Invalid` when the new one is too weak, `TooOften` in a lock-out.
    """
    check_password(new, me.sign_in, me.name)
    if new == current:
        raise Invalid("This is the password you have. Choose another.", field="new")
    async with gate:
        try:
            await confirm(db, me.sign_in, current, address, gate.clock.now())
        except SignInNeeded:
            raise Refused("The current password is not right.") from None
        password = await hashed(new)
    async with db.transaction() as tx:
        await sql.run(tx, "set_password", id=me.agent_id, password=password, must_change=False)
        await sql.run(tx, "end_sessions", agent_id=me.agent_id, but=digest(token))
        await outbox.tell(tx, "password.changed", subject_id=me.agent_id, actor_id=me.agent_id)
