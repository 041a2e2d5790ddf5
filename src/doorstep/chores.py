"""The chores of the house: what must be done now and then, by one node for all."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import asyncpg
import structlog

from doorstep.customers import look_for_matches
from doorstep.routing import fold_counts
from doorstep.spine import reap, sweep
from doorstep.store import Database, DiskFiles, leases
from doorstep.store.database import AWAY
from doorstep.store.partitions import make_partitions

log = structlog.get_logger()

NAME = "chores"
SECOND = 1.0
DAY = timedelta(days=1)
SOON = timedelta(minutes=1)
"""After which the daily chores are tried again when they could not be done."""

Chore = Callable[[], Awaitable[object]]


async def do_chores(
    db: Database, files: DiskFiles, soon: timedelta = SOON, keep: timedelta = timedelta(days=30)
) -> None:
    """Do them for as long as the lease is ours, until cancelled. `keep`: what lies in quarantine."""

    async def duty(_token: int) -> None:
        daily_at = time.monotonic()
        while True:
            await _tidy(lambda: _each_second(db))
            if time.monotonic() >= daily_at:
                is_done = await _tidy(lambda: _each_day(db, files, keep))
                daily_at = time.monotonic() + (DAY if is_done else soon).total_seconds()
            await asyncio.sleep(SECOND)

    await leases.hold(db, NAME, duty)


async def _each_second(db: Database) -> None:
    async with db.transaction() as tx:
        await fold_counts(tx)
    await reap(db)
    await look_for_matches(db)


async def _each_day(db: Database, files: DiskFiles, keep: timedelta) -> None:
    async with db.connection() as on:
        await make_partitions(on, datetime.now(UTC))
    await sweep(db, datetime.now(UTC), keep)
    await files.sweep(db)


async def _tidy(chore: Chore) -> bool:
    try:
        await chore()
    except (*AWAY, asyncpg.LockNotAvailableError) as error:
        log.warning("chore.failed", error=str(error))
        return False
    return True
