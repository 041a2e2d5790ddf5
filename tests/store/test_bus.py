"""The bus: wake-ups here at once, elsewhere soon, few, and past an outage."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from doorstep.store.bus import Bell, LocalBus, PostgresBus, running_bus
from tests.parts import until

SOON = 1.0
"""Seconds; at rest it takes some 20 ms."""


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[PostgresBus]:
    """A bus whose connection stands."""
    async with running_bus(url) as bus:
        await carries(bus, url)
        yield bus


async def carries(bus: PostgresBus, url: str) -> None:
    """Wait until a notification from elsewhere is heard."""
    heard: list[str] = []
    forget = bus.listen("are you there", lambda: heard.append("yes"))
    elsewhere = await asyncpg.connect(url)
    while not heard:
        await elsewhere.execute("select pg_notify('doorstep', 'are you there')")
        await asyncio.sleep(0.02)
    await elsewhere.close()
    forget()


def test_in_one_process_everyone_who_listens_is_woken_at_once() -> None:
    bus, heard = LocalBus(), list[str]()
    stop = bus.listen("jobs", lambda: heard.append("a"))
    bus.listen("jobs", lambda: heard.append("b"))
    bus.listen("events", lambda: heard.append("c"))
    bus.wake("jobs")
    stop()
    bus.wake("jobs")
    assert heard == ["a", "b", "b"]


async def test_another_node_is_woken_soon_and_oneself_once(empty_url: str) -> None:
    async with listening(empty_url) as here, listening(empty_url) as there:
        own, others = list[str](), list[str]()
        here.listen("jobs", lambda: own.append("own"))
        there.listen("jobs", lambda: others.append("other"))
        here.wake("jobs")
        assert own == ["own"]
        assert await until(lambda: others, SOON) < SOON
        await carries(here, empty_url)
        assert own == ["own"], "its own notification came back to it"


async def test_many_wake_ups_are_few_notifications(empty_url: str) -> None:
    async with listening(empty_url) as here, listening(empty_url) as there:
        heard: list[str] = []
        there.listen("jobs", lambda: heard.append("jobs"))
        there.listen("events", lambda: heard.append("events"))
        for _ in range(200):
            here.wake("jobs")
            here.wake("events")
            await asyncio.sleep(0.001)
        await until(lambda: {*heard} == {"jobs", "events"}, SOON)
        assert len(heard) < 80


async def test_it_hears_again_after_its_connection_was_cut(empty_url: str) -> None:
    async with listening(empty_url) as bus:
        admin = await asyncpg.connect(empty_url)
        await admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        await admin.close()
        async with asyncio.timeout(5):
            await carries(bus, empty_url)


async def test_a_ring_while_nobody_waited_counts_once() -> None:
    bell = Bell()
    bell.ring()
    bell.ring()
    async with asyncio.timeout(1):
        await bell.wait(60)
    waiting = asyncio.create_task(bell.wait(60))
    await asyncio.wait([waiting], timeout=0.02)
    assert not waiting.done()
    bell.ring()
    await waiting


async def test_patience_ends_by_itself() -> None:
    async with asyncio.timeout(1):
        await Bell().wait(0.01)
