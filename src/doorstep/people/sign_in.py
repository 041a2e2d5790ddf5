"""Sign in: a name and a password for a session."""

from datetime import datetime

from doorstep.kernel import SignInNeeded
from doorstep.people.gate import Gate
from doorstep.people.lock_out import check_not_locked, count_failure, forget_failures, name_key
from doorstep.people.model import Known
from doorstep.people.passwords import hashed, is_outdated, is_right
from doorstep.people.session import start_session
from doorstep.store import Connection, Database, beside, outbox

sql = beside(__file__)

WRONG = "The name or the password is not right."


async def sign_in(db: Database, gate: Gate, name: str, password: str, address: str) -> str:
    """Begin a session for whoever has this name and password; returns its token.

    It has transactions of its own, because a failure must be counted though the request is refused. Raises
    `SignInNeeded` when they do not fit, `TooOften` in a lock-out, whatever the password.
    """
    async with gate:
        now = gate.clock.now()
        known = await confirm(db, name, password, address, now)
        fresh = await hashed(password) if is_outdated(known.password) else None
    async with db.transaction() as tx:
        await forget_failures(tx, name)
        if fresh:
            await sql.run(tx, "rehash_password", id=known.id, password=fresh)
        token = await start_session(tx, known.id, now)
        await outbox.tell(tx, "session.started", subject_id=known.id, actor_id=known.id)
    return token


async def confirm(db: Database, name: str, password: str, address: str, now: datetime) -> Known:
    """Whose name and password these are; counts and tells a failure. Call it inside the gate."""
    async with db.connection() as on:
        await check_not_locked(on, name, address, now)
        known = await sql.row(on, "agent_by_sign_in", Known, sign_in=name.strip())
    if await is_right(known.password if known else None, password) and known:
        return known
    async with db.transaction() as tx:
        await count_failure(tx, name, address, now)
        await _tell_failure(tx, name, known)
    raise SignInNeeded(WRONG)


async def _tell_failure(tx: Connection, name: str, known: Known | None) -> None:
    hashed_name = name_key(name).removeprefix("name ")
    await outbox.tell(
        tx, "session.failed", subject_id=known.id if known else None, data={"name_sha256": hashed_name}
    )
