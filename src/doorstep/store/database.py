"""The database: two pools and transactions. Nobody else opens a connection, but the notifier."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[Any] | PoolConnectionProxy[Any]
else:
    # asyncpg's classes are generic to the type checker only, and the web framework reads signatures when run.
    Connection = Any

AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""The database is not there, or has no room: nobody's fault, and it may pass."""

LOCK_WAIT = "1s"
"""So long a change of tables waits for what others hold; all that comes later waits behind it."""

# The spine's statements make sense as index probes only; see docs/decisions/0003. A bitmap has no order: for
# the oldest few it reads all and sorts them, which an unknowing planner likes where `random_page_cost` is 4.
# Nor does their commit wait for the disk: docs/decisions/0004.
PROBES_ONLY = {
    "jit": "off",
    "synchronous_commit": "off",
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}


class Database:
    """An open database. `pool` serves requests and jobs, `probes` the spine."""

    def __init__(self, url: str, pool: "asyncpg.Pool[Any]", probes: "asyncpg.Pool[Any]") -> None:
        self.url = url
        self.pool = pool
        self.probes = probes

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection without a transaction: every statement is its own."""
        async with self.pool.acquire() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One transaction: commits when the block ends, rolls back when it raises."""
        async with self.pool.acquire() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        """A connection that only reads, and whose statements all see the same moment."""
        async with (
            self.pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    async def close(self) -> None:
        """Close both pools; waits a little for what still runs, then cuts."""
        for pool in (self.probes, self.pool):
            await pool.close()


@asynccontextmanager
async def opened(url: str, size: int = 12, spine: int = 4) -> AsyncIterator[Database]:
    """The database at `url`, for the length of the block. Raises as asyncpg does when it is away."""
    async with (
        asyncpg.create_pool(
            url, min_size=1, max_size=size, server_settings={"jit": "off"}, reset=_leave
        ) as pool,
        asyncpg.create_pool(
            url, min_size=0, max_size=spine, server_settings=PROBES_ONLY, reset=_leave
        ) as probes,
    ):
        yield Database(url, pool, probes)


@asynccontextmanager
async def short_waits(tx: Connection) -> AsyncIterator[None]:
    """In the block a lock that is not free within a second raises `asyncpg.LockNotAvailableError`."""
    before = await tx.fetchval("show lock_timeout")
    await tx.execute(f"set local lock_timeout = '{LOCK_WAIT}'")
    yield
    await tx.execute(f"set local lock_timeout = '{before}'")


async def _leave(_connection: object) -> None:
    # Nothing here outlives its transaction, so there is nothing to reset, and a round trip is saved.
    return
