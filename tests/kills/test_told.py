"""What was told stays told: no crash of PostgreSQL gives a number to another event or loses a batch."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec

from doorstep.spine import drain
from doorstep.store import Database, opened, outbox
from doorstep.store.embedded import discard, embedded
from doorstep.store.embedded.home import home_of
from doorstep.store.migrate import migrate
from doorstep.store.sequencer import sequence
from tests.parts import Spine, spine_on

BEFORE = 5
"""Events before the crash: PostgreSQL writes what may wait at the first of them, and not soon again."""
TOLD = "select id, conversation_id from event where kind = 'signal.shown'"


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


async def stands_once(spine: Spine, ids: list[UUID]) -> None:
    await drain(spine.worker())
    stand = await spine.rows("select id from interaction order by id")
    assert [row["id"] for row in stand] == sorted(ids)
    assert await spine.value("select count(*) from work") == 0
    shown = [event["subject_id"] for event in await spine.told() if event["kind"] == "signal.shown"]
    assert sorted(shown) == sorted(ids)


async def test_a_batch_that_a_crash_took_is_done_again(tmp_path: Path) -> None:
    async with store(tmp_path / "data") as url:
        async with opened(url) as db:
            spine = await spine_on(db, tmp_path)
            accepted = await spine.accept(*(spine.signal(f"p{n}@mail.example") for n in range(20)))
            await drain(spine.worker())
        await crash(tmp_path / "data", url)
        async with opened(url) as db:
            await stands_once(msgspec.structs.replace(spine, db=db), list(accepted.ids))


async def test_a_batch_whose_number_was_told_is_there_after_a_crash(tmp_path: Path) -> None:
    async with store(tmp_path / "data") as url:
        async with opened(url) as db:
            spine = await spine_on(db, tmp_path)
            [signal_id] = await spine.take_in(spine.signal())
            await sequence(db)
            told = await spine.rows(TOLD)
        await crash(tmp_path / "data", url)
        async with opened(url) as db:
            again = msgspec.structs.replace(spine, db=db)
            assert await again.rows(TOLD) == told
            where = await again.value("select conversation_id from interaction where id = $1", signal_id)
            assert where == told[0]["conversation_id"]
