"""What failed at every try: seen, whole, and sent through again. And whether anything is missing at all."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Address, NotFound, Priority
from doorstep.spine.edge import sql
from doorstep.spine.model import Failed, FailedRow, Reconciled, Undelivered
from doorstep.store import Connection

LAST = UUID(int=(1 << 128) - 1)
BYTES = 32_000_000
"""The most that the signals of one page may take in memory."""


class Heading(msgspec.Struct, frozen=True):
    """As much of a signal as is read without taking it in."""

    sender: Address | None = None
    subject: str = ""


async def undelivered(on: Connection, before: UUID | None = None, most: int = 100) -> list[Undelivered]:
    """The signals that wait here, newest first."""
    rows = await sql.rows(on, "undelivered", FailedRow, before=before or LAST, most=most, bytes=BYTES)
    return [_headed(row) for row in rows]


def _headed(row: FailedRow) -> Undelivered:
    heading = _heading(row.signal)
    said = {name: getattr(row, name) for name in Failed.__struct_fields__}
    return Undelivered(**said, sender=heading.sender, subject=heading.subject)


def _heading(signal: bytes | None) -> Heading:
    """A signal may lie here because nobody can read it: then it has none."""
    try:
        return msgspec.json.decode(signal, type=Heading) if signal else Heading()
    except msgspec.DecodeError:
        return Heading()


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
