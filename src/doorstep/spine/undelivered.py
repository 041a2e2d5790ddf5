"""What failed at every try: seen, whole, and sent through again. And whether anything is missing at all."""

from datetime import datetime
from uuid import UUID

from doorstep.kernel import NotFound, Priority
from doorstep.spine.edge import sql
from doorstep.spine.model import Reconciled, Undelivered
from doorstep.store import Connection

LAST = UUID(int=(1 << 128) - 1)


async def undelivered(on: Connection, before: UUID | None = None, most: int = 100) -> list[Undelivered]:
    """The signals that wait here, newest first."""
    return await sql.rows(on, "undelivered", Undelivered, before=before or LAST, most=most)


async def count_undelivered(on: Connection) -> int:
    """How many wait here."""
    return int(await sql.value(on, "count_undelivered"))


async def pending(on: Connection, most: int) -> int:
    """How many are accepted and not yet through, counted up to `most`."""
    return int(await sql.value(on, "backlog", most=most))


async def replay(tx: Connection, identifier: UUID) -> UUID:
    """Send one through again, in the bulk class; returns its signal. Raises `NotFound`."""
    rows = await sql.tuples(tx, "replay_one", ids=[identifier], priority=Priority.NORMAL)
    if not rows:
        raise NotFound("This one does not wait here any more.")
    signal_id: UUID = rows[0][0]
    return signal_id


async def replay_all(tx: Connection, most: int = 1000) -> int:
    """Send all that wait through again, behind the daily work; returns how many."""
    ids = [row[0] for row in await sql.tuples(tx, "all_undelivered", most=most)]
    return len(await sql.tuples(tx, "replay_one", ids=ids, priority=Priority.BULK))


async def reconcile(on: Connection, since: datetime) -> list[Reconciled]:
    """For each inbox and day since then: how many were accepted, and what became of them."""
    return await sql.rows(on, "reconcile", Reconciled, since=since)
