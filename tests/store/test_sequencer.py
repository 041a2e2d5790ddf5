"""The sequencer: every committed event gets a number, and whoever reads by number misses none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from doorstep.kernel import new_id
from doorstep.store import Database, Event, Follower, leases, opened, outbox
from doorstep.store.bus import LocalBus
from doorstep.store.sequencer import NAME, run_sequencer, sequence
from tests.parts import Spine, until


@asynccontextmanager
async def going(*duties: object) -> AsyncIterator[None]:
    """These run for the length of the block."""
    tasks = [asyncio.ensure_future(duty) for duty in duties]  # type: ignore[call-overload]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def tell(db: Database, *kinds: str) -> None:
    async with db.transaction() as tx:
        for kind in kinds:
            await outbox.tell(tx, kind)


async def test_two_transactions_committed_in_reverse_order_both_reach_a_reader(spine: Spine) -> None:
    follower, heard = Follower(spine.db, spine.bus), list[Event]()
    follower.follow(heard.append)
    async with going(run_sequencer(spine.db, spine.bus), follower.run()):
        async with spine.db.transaction() as early:
            await outbox.tell(early, "drawn.first")
            await tell(spine.db, "drawn.second")
            await until(lambda: heard)
        await until(lambda: len(heard) == 2)
    assert [(event.seq, event.kind) for event in heard] == [(1, "drawn.second"), (2, "drawn.first")]
    ids = await spine.rows("select id from event order by seq")
    assert ids[0]["id"] > ids[1]["id"], "the ids were not drawn in the other order"  # type: ignore[operator]
    assert [event.kind async for event in follower.since(0)] == ["drawn.second", "drawn.first"]


async def test_numbers_have_no_gaps_though_many_number_at_once(spine: Spine) -> None:
    await asyncio.gather(*(tell(spine.db, *["thing.done"] * 30) for _ in range(20)))
    numbered = await asyncio.gather(*(sequence(spine.db) for _ in range(6)))
    assert sum(numbered) == 600
    seqs = [row["seq"] for row in await spine.rows("select seq from event order by seq")]
    assert seqs == list(range(1, 601))


async def test_a_rolled_back_numbering_leaves_no_gap(spine: Spine) -> None:
    await tell(spine.db, "a", "b")
    async with spine.db.connection() as on:
        undone = on.transaction()
        await undone.start()
        await outbox.sql.run(on, "sequence", most=10)
        await undone.rollback()
    await sequence(spine.db)
    assert [row["seq"] for row in await spine.rows("select seq from event order by seq")] == [1, 2]


async def test_a_sequencer_whose_lease_was_taken_over_writes_nothing(spine: Spine) -> None:
    async with spine.db.connection() as on:
        token = await leases.take(on, NAME, length=timedelta(seconds=0))
        await tell(spine.db, "thing.done")
        assert await leases.take(on, NAME, owner=new_id()) == 2
    assert token == 1
    assert await sequence(spine.db, token) == 0
    assert await spine.value("select count(*) from event") == 0
    assert await spine.value("select count(*) from outbox") == 1


async def test_two_sequencers_at_once_number_everything_once(spine: Spine, database_url: str) -> None:
    async with (
        opened(database_url) as other,
        going(run_sequencer(spine.db, spine.bus), run_sequencer(other, LocalBus())),
    ):
        await asyncio.gather(*(tell(spine.db, *["thing.done"] * 5) for _ in range(20)))
        await until(lambda: spine.value("select last = 100 from event_number"))
    assert await spine.value("select count(distinct id) from event") == 100
    assert await spine.value("select max(seq) from event") == 100


async def test_it_comes_back_when_its_connections_were_cut(spine: Spine, database_url: str) -> None:
    async with going(run_sequencer(spine.db, spine.bus)):
        await tell(spine.db, "before")
        await until(lambda: spine.value("select last = 1 from event_number"))
        admin = await asyncpg.connect(database_url)
        await admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
        await admin.execute("insert into outbox (id, kind) values ($1, 'after')", new_id())
        await until(lambda: admin.fetchval("select last = 2 from event_number"))
        await admin.close()
