"""Content: the words of lines and the bytes of signals go; what is counted stays."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from doorstep.privacy.gather import sql
from doorstep.privacy.model import Line, Waiting
from doorstep.store import Connection

Signals = Sequence[tuple[UUID, datetime]]


async def erase_lines(
    tx: Connection, lines: Sequence[Line], signals: Signals, now: datetime, keeps_who: bool = False
) -> set[str]:
    """Lines and what hangs on them; returns the files that may be nobody's now.

    `keeps_who`: whose line it was is still known, for only its words were too old.
    """
    ids = [line.id for line in lines]
    await sql.run(tx, "erase_refusals", names=[line.message_id for line in lines if line.message_id])
    owners = [row[0] for row in await sql.tuples(tx, "erase_attachments", ids=ids)]
    await sql.run(tx, "erase_replies", ids=ids)
    await sql.run(tx, "erase_mentions", ids=ids)
    await sql.run(tx, "erase_recognised", ids=ids)
    await sql.run(tx, "erase_lines", ids=ids, now=now, keeps_who=keeps_who)
    owners += [signal_id for signal_id, _ in signals]
    return {row[0] for row in await sql.tuples(tx, "let_go", owner_ids=owners)}


async def erase_signals(tx: Connection, signals: Signals, uncounted: Sequence[Waiting]) -> None:
    """What came, as it came, and what waits to be done with it. `uncounted`: nothing else counts it."""
    ids, received = [s[0] for s in signals], [s[1] for s in signals]
    await sql.run(
        tx,
        "count_erased",
        ids=[one.signal_id for one in uncounted],
        inbox_ids=[one.inbox_id for one in uncounted],
        received=[one.received_at for one in uncounted],
    )
    await sql.run(tx, "empty_journal", ids=ids, received=received)
    for statement in ("erase_readings", "erase_work", "erase_undelivered", "erase_quarantine"):
        await sql.run(tx, statement, ids=ids)
    keys = [str(one) for one in ids]
    await sql.run(tx, "erase_jobs", keys=keys)
    await sql.run(tx, "erase_dead_jobs", keys=keys)
