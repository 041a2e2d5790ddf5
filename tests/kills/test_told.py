"""What a screen was told stays told: no crash of PostgreSQL gives a number to another event."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

import asyncpg

from doorstep.store import Database, opened, outbox
from doorstep.store.embedded import discard, embedded
from doorstep.store.embedded.home import home_of
from doorstep.store.migrate import migrate
from doorstep.store.sequencer import sequence

BEFORE = 5
"""Events before the crash: PostgreSQL writes what may wait at the first of them, and not soon again."""


@asynccontextmanager
async def store(data: Path) -> AsyncIterator[str]:
    """A migrated database of our own, whose server may be killed; its URL."""
    try:
        async with embedded(data) as server:
            await migrate(server.url)
            yield server.url
    finally:
        discard(data)


async def crash(data: Path, url: str) -> None:
    """Kill PostgreSQL, and wait until it is back."""
    os.kill(int((home_of(data).cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    async with asyncio.timeout(60):
        while True:
            with suppress(OSError, asyncpg.PostgresError):
                await (await asyncpg.connect(url)).close()
                return
            await asyncio.sleep(0.02)


async def numbers(db: Database) -> dict[UUID, int]:
    async with db.connection() as on:
        return {row["id"]: row["seq"] for row in await on.fetch("select id, seq from event")}


async def test_a_number_survives_a_crash_right_after_it_was_told(tmp_path: Path) -> None:
    async with store(tmp_path / "data") as url:
        async with opened(url) as db:
            for _ in range(BEFORE):
                async with db.transaction() as tx:
                    await outbox.tell(tx, "thing.done")
                await sequence(db)
            told = await numbers(db)
        await crash(tmp_path / "data", url)
        async with opened(url) as db:
            async with db.transaction() as tx:  # from a node whose clock is behind
                await tx.execute("insert into outbox (id, kind) values ($1, 'thing.done')", UUID(int=1))
            await sequence(db)
            now = await numbers(db)
    assert now == {**told, UUID(int=1): BEFORE + 1}
