"""`kill -9` of our process and of PostgreSQL, at any moment, under load: nothing lost, nothing doubled."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from tests.kills.count import check_events, check_reconciliation, check_rows, drained, lost_and_doubled
from tests.kills.load import Load, writing
from tests.kills.process import Serve, children, serving, signed_in
from tests.kills.replies import answering
from tests.kills.watcher import Watcher, watching
from tests.servers.sink import Sink, sink

RECOVERY = 60.0
"""Seconds within which mails are taken again."""
DRAIN = 90.0
"""Seconds within which everything accepted is shown; the claims of the last one killed run out in 15."""
SHOWN = "select seq, subject_id::text from event where kind = 'signal.shown'"

Kill = Callable[[Serve, random.Random], Awaitable[None]]


async def kill_us(node: Serve, dice: random.Random) -> None:
    """Our process; its PostgreSQL is ended by the guardian."""
    node.kill()


async def kill_us_and_postgres(node: Serve, dice: random.Random) -> None:
    """Both at once, as when the machine fails."""
    postmaster = node.postmaster()
    node.process.kill()
    if postmaster:
        _kill(postmaster)
    node.kill()


async def kill_us_and_leave_postgres(node: Serve, dice: random.Random) -> None:
    """Our process and its guardian: PostgreSQL runs on, orphaned."""
    for guardian in set(children(node.process.pid)) - {node.postmaster()}:
        _kill(guardian)
    node.kill()


async def kill_postmaster(node: Serve, dice: random.Random) -> None:
    """PostgreSQL's first process."""
    if postmaster := node.postmaster():
        _kill(postmaster)


async def kill_backend(node: Serve, dice: random.Random) -> None:
    """Any one of PostgreSQL's other processes: it then restarts all of them."""
    if backends := list(children(node.postmaster() or 0)):
        _kill(dice.choice(backends))


KILLS: list[Kill] = [
    kill_us,
    kill_postmaster,
    kill_us_and_postgres,
    kill_backend,
    kill_us_and_leave_postgres,
]


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


async def kill_and_see(node: Serve, load: Load, kill: Kill, dice: random.Random) -> float:
    """One kill at some moment under load; how long no mail was taken, in seconds."""
    await load.some(20, RECOVERY)
    await asyncio.sleep(dice.uniform(0.3, 2.5))
    at = time.monotonic()
    await kill(node, dice)
    if not node.runs():
        await node.start("live")
    await load.some(30, RECOVERY)
    return load.longest_silence(at)


async def check(node: Serve, load: Load, watcher: Watcher) -> tuple[int, int]:
    """Count everything; how many were lost and doubled."""
    on = await asyncpg.connect(await node.url())
    try:
        lost, doubled = await lost_and_doubled(on, load.acknowledged)
        assert (lost[:5], doubled[:5]) == ([], [])
        await check_rows(on)
        await check_events(on)
        shown = {row[0]: row[1] for row in await on.fetch(SHOWN)}
        accepted = await on.fetchval("select count(*) from journal")
    finally:
        await on.close()
    async with signed_in(node) as client:
        await check_reconciliation(client, accepted)
    assert (watcher.missed(shown)[:5], watcher.doubled()[:5], watcher.changed[:5]) == ([], [], [])
    return len(lost), len(doubled)


async def kills(folder: Path, count: int, seed: int) -> None:
    """So many kills, and the count."""
    print(f"\nseed {seed}")
    dice, kinds, longest = random.Random(seed), Counter[str](), 0.0
    async with sink() as outside, serving(folder, inbox=outgoing(outside)) as node, watching(node) as watcher:
        async with writing(node.door, seed) as load, answering(node, seed) as answers:
            for number in range(count):
                kill = KILLS[number % len(KILLS)]
                silence = await kill_and_see(node, load, kill, dice)
                print(f"{kill.__name__}: {silence:.1f} s, {len(load.acknowledged)} acknowledged")
                kinds[kill.__name__], longest = kinds[kill.__name__] + 1, max(longest, silence)
        took = await drained(await node.url(), DRAIN)
        await asyncio.sleep(1.0)
        lost, doubled = await check(node, load, watcher)
        repeated = answers.check(outside)
    print(
        f"{len(load.acknowledged)} acknowledged, {load.resent} sent again, {dict(kinds)}, "
        f"{lost} lost, {doubled} doubled, "
        f"longest recovery {longest:.1f} s, drained in {took:.1f} s, {node.starts} starts, "
        f"{len(answers.queued)} replies ({repeated} arrived more than once), "
        f"{len(watcher.told)} events on the stream, {len(watcher.resets)} resets"
    )


def outgoing(outside: Sink) -> dict[str, object]:
    """Settings of an inbox whose replies go to `outside`."""
    return {"host": outside.host, "port": outside.port, "security": "none"}


async def test_five_kills(tmp_path: Path) -> None:
    await kills(tmp_path, 5, int(os.environ.get("DOORSTEP_TEST_SEED", time.time_ns() % 1_000_000)))


async def test_nobody_waits_for_the_leases_of_the_dead(tmp_path: Path) -> None:
    async with serving(tmp_path) as node:
        url = await node.url()
        await kill_us_and_leave_postgres(node, random.Random())
        orphan = await asyncpg.connect(url)
        await orphan.execute("update lease set until = now() + interval '1 day'")
        before = dict(await orphan.fetch("select name, token from lease"))
        await orphan.close()
        await node.start("ready")
        on = await asyncpg.connect(await node.url())
        now = dict(await on.fetch("select name, token from lease"))
        await on.close()
    assert "sequencer" in before
    assert now["sequencer"] > before["sequencer"]


@pytest.mark.soak
async def test_fifty_kills(tmp_path: Path) -> None:
    await kills(tmp_path, 50, int(os.environ.get("DOORSTEP_TEST_SEED", time.time_ns() % 1_000_000)))
