"""Sweep: what has lain in quarantine for as long as it may is erased; that it came is still counted."""

from datetime import datetime, timedelta

from doorstep.spine.quarantine.judge import sql
from doorstep.store import Database

AT_ONCE = 500


async def sweep(db: Database, now: datetime, keep: timedelta) -> int:
    """Erase what was held before `now - keep`: words, original and files; returns how many."""
    erased = 0
    while True:
        async with db.transaction() as tx:
            ids = [row[0] for row in await sql.tuples(tx, "outdated", before=now - keep, most=AT_ONCE)]
            await sql.run(tx, "erase", ids=ids)
        erased += len(ids)
        if len(ids) < AT_ONCE:
            return erased
