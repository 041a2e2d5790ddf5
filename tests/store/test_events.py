"""Events are read once a process, by number, and handed to all who listen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from doorstep.kernel import new_id
from doorstep.kernel.bus import EVENTS
from doorstep.store import Event, Follower, opened, outbox
from doorstep.store.events import events_after, is_gone, last_seq
from doorstep.store.sequencer import sequence
from tests.parts import Spine, until
from tests.wire import wire_to


async def happen(spine: Spine, *kinds: str) -> None:
    """These are told, numbered, and the bus wakes."""
    async with spine.db.transaction() as tx:
        for kind in kinds:
            await outbox.tell(tx, kind, data={"of": kind})
    await sequence(spine.db)
    spine.bus.wake(EVENTS)


@asynccontextmanager
async def following(spine: Spine) -> AsyncIterator[Follower]:
    """A follower that runs for the length of the block."""
    follower = Follower(spine.db, spine.bus)
    await follower.start()
    running = asyncio.create_task(follower.run())
    try:
        yield follower
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def since(follower: Follower, seq: int) -> list[int]:
    return [event.seq async for event in follower.since(seq)]


async def test_each_is_read_once_and_handed_to_all(spine: Spine) -> None:
    await happen(spine, "before")
    one, other = list[Event](), list[Event]()
    async with following(spine) as follower:
        stop = follower.follow(one.append)
        follower.follow(other.append)
        await happen(spine, "a", "b")
        await until(lambda: len(one) == 2)
        stop()
        await happen(spine, "c")
        await until(lambda: len(other) == 3)
    assert [event.kind for event in one] == ["a", "b"]
    assert [(event.seq, event.kind, event.data) for event in other] == [
        (2, "a", '{"of": "a"}'),
        (3, "b", '{"of": "b"}'),
        (4, "c", '{"of": "c"}'),
    ]


async def test_what_came_lately_is_told_from_memory(spine: Spine) -> None:
    async with following(spine) as follower:
        await happen(spine, *"abcde")
        await until(lambda: follower.seq == 5)
        await spine.run("delete from event")
        assert await since(follower, 0) == [1, 2, 3, 4, 5]
        assert await since(follower, 3) == [4, 5]
        assert await since(follower, 5) == []


async def test_what_is_older_is_read_from_the_database_page_by_page(spine: Spine) -> None:
    await spine.run(
        "insert into outbox (id, kind) select gen_random_uuid(), 'old' from generate_series(1, 2500)"
    )
    while await sequence(spine.db):
        pass
    async with following(spine) as follower:
        await happen(spine, "new")
        await until(lambda: follower.seq == 2501)
        assert await since(follower, 0) == list(range(1, 2502))
        assert await since(follower, 2499) == [2500, 2501]


async def test_it_never_goes_past_what_its_listeners_were_handed(spine: Spine) -> None:
    follower = Follower(spine.db, spine.bus)
    await happen(spine, "a", "b")
    await follower.start()
    await happen(spine, "c")
    assert await since(follower, 0) == [1, 2]


async def test_what_was_let_go_is_known_to_be_gone(spine: Spine) -> None:
    async with spine.db.connection() as on:
        assert not await is_gone(on, 0)
        await happen(spine, *"abcde")
        assert await last_seq(on) == 5
        await on.execute("delete from event where seq <= 3")
        assert [await is_gone(on, seq) for seq in range(6)] == [True, True, True, False, False, False]
        await on.execute("delete from event")
        assert await is_gone(on, 4)
        assert not await is_gone(on, 5)


async def test_a_page_is_no_longer_than_asked(spine: Spine) -> None:
    await happen(spine, *"abcde")
    async with spine.db.connection() as on:
        assert [event.kind for event in await events_after(on, 1, most=3)] == ["b", "c", "d"]


async def test_an_outage_loses_nothing(spine: Spine, database_url: str) -> None:
    async with wire_to(database_url) as wire, opened(wire.url) as away:
        far = Spine(away, spine.bus, spine.edge, spine.inbox_id, spine.queue_id)
        heard: list[Event] = []
        async with following(far) as follower:
            follower.follow(heard.append)
            await happen(spine, "before")
            await until(lambda: len(heard) == 1)
            wire.cut()
            await happen(spine, "meanwhile")
            await asyncio.sleep(0.1)
            await wire.mend()
            await happen(spine, "after")
            await until(lambda: len(heard) == 3)
    assert [event.kind for event in heard] == ["before", "meanwhile", "after"]


async def test_it_also_looks_by_itself(spine: Spine, database_url: str) -> None:
    async with following(spine) as follower:
        admin = await asyncpg.connect(database_url)
        await admin.execute("insert into outbox (id, kind) values ($1, 'quiet')", new_id())
        await admin.close()
        await sequence(spine.db)
        assert await until(lambda: follower.seq == 1, 3) < 3
