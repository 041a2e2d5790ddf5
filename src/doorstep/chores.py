"""The chores of the house: what must be done now and then, by one node for all."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
import structlog

from doorstep.customers import look_for_matches
from doorstep.privacy import retain
from doorstep.routing import fold_counts
from doorstep.spine import reap, redact_sealed, sweep
from doorstep.store import Database, DiskFiles, leases
from doorstep.store.database import AWAY
from doorstep.store.partitions import make_partitions

log = structlog.get_logger()

NAME = "chores"
SECOND = 1.0
DAY = timedelta(days=1)
SOON = timedelta(minutes=1)
"""After which the daily chores are tried again when they could not be done."""


class Keeping(msgspec.Struct, frozen=True):
    """How long things are kept: what lies in quarantine, and originals that hold a card number."""

    quarantined: timedelta = timedelta(days=30)
    sealed: timedelta = timedelta(days=30)


USUAL = Keeping()
Chore = Callable[[], Awaitable[object]]


async def do_chores(db: Database, files: DiskFiles, soon: timedelta = SOON, keep: Keeping = USUAL) -> None:
    """Do them for as long as the lease is ours, until cancelled."""

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


async def _each_day(db: Database, files: DiskFiles, keep: Keeping) -> None:
    async with db.connection() as on:
        await make_partitions(on, datetime.now(UTC))
    now = datetime.now(UTC)
    await sweep(db, now, keep.quarantined)
    await redact_sealed(db, now, keep.sealed)
    await retain(db, now)
    await files.sweep(db)


async def _tidy(chore: Chore) -> bool:
    try:
        await chore()
    except (*AWAY, asyncpg.LockNotAvailableError) as error:
        log.warning("chore.failed", error=str(error))
        return False
    return True
