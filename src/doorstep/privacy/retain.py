"""Retain: what came to an inbox longer ago than it keeps things is erased, in batches; it still counts."""

from datetime import datetime

from doorstep.kernel import new_id
from doorstep.privacy.content import erase_lines, erase_signals
from doorstep.privacy.erase import JOB
from doorstep.privacy.gather import sql
from doorstep.privacy.model import Line, Waiting
from doorstep.store import Connection, Database, jobs

AT_ONCE = 500


async def retain(db: Database, now: datetime, at_once: int = AT_ONCE) -> int:
    """Erase what is too old, in transactions of `at_once` lines; returns how many."""
    erased = 0
    while True:
        async with db.transaction() as tx:
            count = await _lines(tx, now, at_once) + await _undelivered(tx, now, at_once)
        erased += count
        if count == 0:
            return erased


async def _lines(tx: Connection, now: datetime, most: int) -> int:
    lines = await sql.rows(tx, "outdated", Line, now=now, most=most)
    if not lines:
        return 0
    ids = [line.id for line in lines]
    copies = await sql.tuples(tx, "copies", ids=ids)
    signals = [*((line.id, line.received_at) for line in lines), *((row[0], row[1]) for row in copies)]
    files = await erase_lines(tx, lines, signals, now, keeps_who=True)
    await erase_signals(tx, signals, [])
    await sql.run(tx, "forget_matters", ids=ids)
    if files:
        await jobs.add(tx, JOB, (None, sorted(files)), due_at=now, key=str(new_id()))
    return len(lines)


async def _undelivered(tx: Connection, now: datetime, most: int) -> int:
    found = await sql.rows(tx, "outdated_undelivered", Waiting, now=now, most=most)
    await erase_signals(
        tx,
        [(one.signal_id, one.received_at) for one in found],
        [one for one in found if not one.is_counted],
    )
    return len(found)
