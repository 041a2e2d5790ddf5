"""Two nodes on one database: each event once on the streams of both, and a dead node's work moves on."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg

from doorstep.chores import NAME as CHORES
from doorstep.store.embedded import discard, embedded
from doorstep.store.sequencer import NAME as SEQUENCER
from tests.kills.count import check_events, check_rows, drained, lost_and_doubled
from tests.kills.load import Load, writing
from tests.kills.process import Serve, furnish
from tests.kills.watcher import Watcher, watching

MOVED_WITHIN = 10.0
"""Seconds."""
SHOWN = "select seq, subject_id::text from event where kind = 'signal.shown'"


@asynccontextmanager
async def two_nodes(folder: Path) -> AsyncIterator[tuple[str, Serve, Serve]]:
    """A database of ours, and two nodes on it."""
    data = folder / "postgres"
    try:
        async with embedded(data) as server, AsyncExitStack() as stack:
            nodes = [Serve(folder, server.url, name) for name in ("first", "second")]
            share_files(folder / "shared", nodes)
            for node in nodes:
                stack.callback(node.kill_if_it_runs)
                await node.start()
            await furnish(nodes[0], {})
            yield server.url, nodes[0], nodes[1]
    finally:
        discard(data)


def share_files(folder: Path, nodes: list[Serve]) -> None:
    """What several nodes need: a folder for files that all of them see."""
    folder.mkdir()
    for node in nodes:
        node.data.mkdir()
        (node.data / "files").symlink_to(folder)


async def holders(on: asyncpg.Connection) -> dict[str, str]:
    """Who holds the sequencer and the chores now."""
    rows = await on.fetch("select name, owner::text from lease where until > now()")
    return {row["name"]: row["owner"] for row in rows if row["name"] in (SEQUENCER, CHORES)}


async def moved(on: asyncpg.Connection, away_from: set[str]) -> float:
    """Wait until others hold both leases; how long that took, in seconds."""
    began = time.monotonic()
    while True:
        now = await holders(on)
        if len(now) == 2 and not away_from & set(now.values()):
            return time.monotonic() - began
        assert time.monotonic() - began < MOVED_WITHIN, now
        await asyncio.sleep(0.05)


async def check(url: str, loads: list[Load], watchers: list[Watcher]) -> None:
    on = await asyncpg.connect(url)
    names = [name for load in loads for name in load.acknowledged]
    assert await lost_and_doubled(on, names) == ([], [])
    await check_rows(on)
    await check_events(on)
    shown = {row[0]: row[1] for row in await on.fetch(SHOWN)}
    await on.close()
    for watcher in watchers:
        assert (watcher.missed(shown)[:5], watcher.doubled()[:5], watcher.resets) == ([], [], [])


async def test_signals_accepted_at_both_are_shown_once_at_both(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (url, first, second):
        async with watching(first) as here, watching(second) as there:
            async with writing(first.door, 5, 3) as one, writing(second.door, 6, 3) as other:
                await one.some(200, 60)
                await other.some(200, 60)
            await drained(url, 60)
            await asyncio.sleep(1.0)
            await check(url, [one, other], [here, there])
            assert here.told == there.told
        print(f"\n{len(one.acknowledged)} + {len(other.acknowledged)} mails, {len(here.told)} events at each")


async def test_the_leases_of_a_killed_node_move_on(tmp_path: Path) -> None:
    async with two_nodes(tmp_path) as (url, first, second):
        on = await asyncpg.connect(url)
        held = await holders(on)
        assert len(held) == 2, held
        async with watching(second) as there:
            async with writing(second.door, 7, 2, pause=0.02) as load:
                await load.some(20, 30)
                first.kill()
                took = await moved(on, set(held.values()))
                await load.some(20, 30)
            await drained(url, 60)
            await asyncio.sleep(1.0)
            await check(url, [load], [there])
        await on.close()
        print(f"\nleases moved on in {took:.1f} s")
