"""Journal and events lie in one partition a month, made ahead of need."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import structlog

from doorstep.store.database import Connection, short_waits

log = structlog.get_logger()

PARTITIONED = ("journal", "event")
AHEAD = 3
_LOCK = 0x0D00_9A47
"""Held while they are made, for nodes that start together."""
PAUSE = 1.0
"""Seconds between two tries of a start that needs this month."""


def month_after(month: datetime, by: int = 1) -> datetime:
    """The first of the month `by` months later."""
    index = month.year * 12 + month.month - 1 + by
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC)


async def make_partitions(on: Connection, since: datetime, months: int = AHEAD) -> list[str]:
    """Make the partitions from the month of `since` on, those that are missing; returns their names.

    Raises `asyncpg.LockNotAvailableError` when a backup or the like holds the tables: try again later. The
    default partition stays empty by this; a row that went there keeps its month from being made, and says so
    by PostgreSQL's own error.
    """
    first = month_after(since.astimezone(UTC), 0)
    async with on.transaction():
        await on.execute("select pg_advisory_xact_lock($1)", _LOCK)
        async with short_waits(on):
            return [
                name
                for table in PARTITIONED
                for ahead in range(months)
                if (name := await _make(on, table, month_after(first, ahead)))
            ]


async def make_this_month(on: Connection, now: datetime) -> None:
    """Make the partitions of `now`, however long a backup holds the tables; the rest is the chores'."""
    while True:
        try:
            await make_partitions(on, now, months=1)
        except asyncpg.LockNotAvailableError:
            log.warning("partitions.blocked", retry_in=PAUSE)
            await asyncio.sleep(PAUSE)
        else:
            return


async def _make(on: Connection, table: str, begin: datetime) -> str:
    name = f"{table}_{begin:%Y_%m}"
    if not await on.fetchval("select to_regclass($1) is null", name):
        return ""
    # Attached and not created in its place: then what is put into the table waits for nothing here.
    await on.execute(f"create table {name} (like {table} including all)")
    await on.execute(
        f"alter table {table} attach partition {name} "
        f"for values from ('{begin:%Y-%m-%d} 00:00+00') to ('{month_after(begin):%Y-%m-%d} 00:00+00')"
    )
    return name
