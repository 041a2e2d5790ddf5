"""Jobs: done when they are due, at least once, and kept when they fail for good."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from doorstep.kernel import NotFound
from doorstep.kernel.bus import JOBS
from doorstep.store import Connection, Database, jobs, opened
from doorstep.store.bus import LocalBus
from doorstep.store.dead_jobs import dead, revive
from doorstep.store.jobs import Handler, Job, JobWorker, Later, back_off
from doorstep.testing import TurnableClock
from tests.parts import until
from tests.wire import wire_to

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SHORT = timedelta(seconds=0.6)


class Workshop(msgspec.Struct):
    """A database with jobs in it, a clock, and what was done."""

    db: Database
    clock: TurnableClock
    bus: LocalBus
    done: list[str]

    async def add(
        self,
        what: str,
        due_in: timedelta = timedelta(),
        key: str | None = None,
        kind: str = "do",
        lane: str = "",
    ) -> UUID:
        async with self.db.transaction() as tx:
            return await jobs.add(tx, kind, what, self.clock.now() + due_in, key, lane)

    async def do(self, job: Job) -> None:
        self.done.append(msgspec.json.decode(job.payload))

    @asynccontextmanager
    async def working(
        self, handlers: Mapping[str, Handler] | None = None, **more: Any
    ) -> AsyncIterator[None]:
        """A worker at work for the length of the block."""
        worker = JobWorker(self.db, self.bus, handlers or {"do": self.do}, clock=self.clock, **more)
        task = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def turn(self, by: timedelta) -> None:
        self.clock.turn(by)
        self.bus.wake(JOBS)

    async def row(self) -> dict[str, Any]:
        async with self.db.connection() as on:
            found = await on.fetchrow("select tries, owner, due_at from job")
            return dict(found) if found else {}

    async def count(self, table: str = "job") -> int:
        async with self.db.connection() as on:
            return int(await on.fetchval(f"select count(*) from {table}"))


@pytest.fixture
def shop(database: Database) -> Workshop:
    return Workshop(database, TurnableClock(), LocalBus(), [])


async def test_timers_ring_in_their_order_and_not_before(shop: Workshop) -> None:
    await shop.add("third", 3 * MINUTE)
    await shop.add("first", 1 * MINUTE)
    await shop.add("second", 2 * MINUTE)
    await shop.add("at once")
    async with shop.working():
        await until(lambda: shop.done)
        await asyncio.sleep(0.1)
        assert shop.done == ["at once"]
        for expected in (["first"], ["first", "second"], ["first", "second", "third"]):
            shop.turn(MINUTE)
            await until(lambda want=expected: shop.done[1:] == want)
    assert await shop.count() == 0


async def test_what_is_due_longest_is_done_first(shop: Workshop) -> None:
    for n in (5, 2, 4, 1, 3):
        await shop.add(str(n), n * SECOND)
    shop.turn(MINUTE)
    async with shop.working(at_once=1):
        await until(lambda: len(shop.done) == 5)
    assert shop.done == ["1", "2", "3", "4", "5"]


async def test_one_job_of_a_key_waits_at_a_time(shop: Workshop) -> None:
    await shop.add("once", MINUTE, key="k")
    await shop.add("again", MINUTE, key="k")
    await shop.add("other", MINUTE, key="other")
    shop.turn(MINUTE)
    async with shop.working():
        await until(lambda: len(shop.done) == 2)
    assert sorted(shop.done) == ["once", "other"]


async def test_a_key_given_while_its_job_runs_is_done_once_more(shop: Workshop) -> None:
    begun, go_on = list[str](), asyncio.Event()

    async def slow(job: Job) -> None:
        begun.append(msgspec.json.decode(job.payload))
        await go_on.wait()

    await shop.add("first", key="k")
    async with shop.working({"do": slow}):
        await until(lambda: begun)
        await shop.add("second", key="k")
        go_on.set()
        shop.bus.wake(JOBS)
        await until(lambda: begun == ["first", "second"])
        await until(lambda: _is_empty(shop))


async def _is_empty(shop: Workshop) -> bool:
    return await shop.count() == 0


async def test_a_waiting_job_can_be_taken_out_and_a_begun_one_cannot(shop: Workshop) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_job: Job) -> None:
        begun.set()
        await go_on.wait()

    await shop.add("waits", MINUTE, key="waits")
    await shop.add("runs", key="runs")
    async with shop.working({"do": slow}):
        await begun.wait()
        async with shop.db.transaction() as tx:
            assert await jobs.cancel(tx, "do", "waits")
            assert not await jobs.cancel(tx, "do", "waits")
            assert not await jobs.cancel(tx, "do", "runs")
        go_on.set()
        await until(lambda: _is_empty(shop))


async def test_what_fails_is_tried_again_later_and_later(shop: Workshop) -> None:
    tries: list[int] = []

    async def fails_twice(job: Job) -> None:
        tries.append(job.tries)
        if job.tries < 3:
            raise ValueError("not yet")

    await shop.add("hard")
    async with shop.working({"do": fails_twice}):
        for tried, wait in ((1, SECOND), (2, 4 * SECOND)):
            await until(lambda want=tried: _waits_after(shop, want))
            due = (await shop.row())["due_at"] - shop.clock.now()
            assert wait * 0.9 <= due <= wait * 1.1
            shop.turn(due - timedelta(milliseconds=10))
            await asyncio.sleep(0.05)
            assert len(tries) == tried
            shop.turn(timedelta(milliseconds=10))
        await until(lambda: _is_empty(shop))
    assert tries == [1, 2, 3]
    assert await shop.count("dead_job") == 0


async def _waits_after(shop: Workshop, tries: int) -> bool:
    row = await shop.row()
    return bool(row) and row["tries"] == tries and row["owner"] is None


def test_the_waits_grow_to_an_hour() -> None:
    waits = [back_off(n).total_seconds() for n in range(1, 12)]
    for wait, expected in zip(waits, (1, 4, 16, 64, 256, 1024, 3600, 3600, 3600, 3600, 3600), strict=True):
        assert expected * 0.9 <= wait <= expected * 1.1


async def test_after_its_last_try_it_is_kept_and_can_be_revived(shop: Workshop) -> None:
    tried: list[int] = []

    async def fails(job: Job) -> None:
        tried.append(job.tries)
        raise ValueError("never\0 works\udc80")

    job_id = await shop.add("hopeless", key="k")
    async with shop.working({"do": fails}, tries=2):
        await until(lambda: _waits_after(shop, 1))
        shop.turn(MINUTE)
        await until(lambda: _is_empty(shop))
    async with shop.db.connection() as on:
        (lies,) = await dead(on)
    assert (lies.id, lies.kind, lies.tries) == (job_id, "do", 2)
    async with shop.db.transaction() as tx:
        await revive(tx, job_id)
        with pytest.raises(NotFound):
            await revive(tx, job_id)
        await tx.execute("update job set due_at = $1", shop.clock.now())
    async with shop.working(tries=2):
        await until(lambda: shop.done == ["hopeless"])
    assert tried == [1, 2]
    assert await shop.count("dead_job") == 0


async def test_later_costs_no_try(shop: Workshop) -> None:
    tries: list[int] = []

    async def later(job: Job) -> None:
        tries.append(job.tries)
        if len(tries) < 5:
            raise Later(MINUTE)

    await shop.add("patient")
    async with shop.working({"do": later}, tries=2):
        for n in range(1, 5):
            await until(lambda want=n: _waited(shop, tries, want))
            assert (await shop.row())["due_at"] == shop.clock.now() + MINUTE
            shop.turn(MINUTE)
        await until(lambda: _is_empty(shop))
    assert tries == [1, 1, 1, 1, 1]


async def _waited(shop: Workshop, tries: list[int], times: int) -> bool:
    return len(tries) == times and await _waits_after(shop, 0)


async def claim_as_somebody_who_dies(shop: Workshop, tries: int = 1) -> None:
    async with shop.db.connection() as on:
        await on.execute(
            "update job set owner = gen_random_uuid(), tries = $1, until = now() + interval '0.3 s'", tries
        )


async def test_a_dead_workers_claim_runs_out_and_another_does_the_job(shop: Workshop) -> None:
    await shop.add("orphan")
    await claim_as_somebody_who_dies(shop)
    async with shop.working():
        await asyncio.sleep(0.1)
        assert shop.done == []
        await until(lambda: shop.done == ["orphan"], 3)


async def test_a_job_that_kills_its_workers_is_not_begun_for_ever(shop: Workshop) -> None:
    await shop.add("deadly")
    await claim_as_somebody_who_dies(shop, tries=3)
    async with shop.working(tries=3):
        await until(lambda: _is_empty(shop), 3)
    async with shop.db.connection() as on:
        (lies,) = await dead(on)
    assert lies.error == "The worker died each time it took this up."
    assert shop.done == []


async def test_so_many_at_once_and_no_more(shop: Workshop) -> None:
    busy = most = 0

    async def work(job: Job) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.01)
        busy -= 1
        await shop.do(job)

    for n in range(20):
        await shop.add(str(n))
    async with shop.working({"do": work}, at_once=3):
        await until(lambda: len(shop.done) == 20)
    assert most == 3


async def test_a_long_job_keeps_its_claim(shop: Workshop) -> None:
    begun, go_on = list[str](), asyncio.Event()

    async def long(_job: Job) -> None:
        begun.append("begun")
        await go_on.wait()

    await shop.add("long")
    async with shop.working({"do": long}, claim=SHORT):
        await until(lambda: begun)
        async with shop.working({"do": long}, claim=SHORT):
            await asyncio.sleep(3 * SHORT.total_seconds())
            assert begun == ["begun"]
            go_on.set()
            await until(lambda: _is_empty(shop))


async def test_a_job_that_could_not_be_settled_is_done_again(shop: Workshop, database_url: str) -> None:
    async with wire_to(database_url) as wire, opened(wire.url) as away:

        async def works(job: Job) -> None:
            await shop.do(job)
            if len(shop.done) == 1:
                wire.cut()

        await shop.add("twice")
        over_there = Workshop(away, shop.clock, shop.bus, shop.done)
        async with over_there.working({"do": works}, claim=SHORT):
            await until(lambda: shop.done == ["twice"])
            await asyncio.sleep(0.1)
            assert await shop.count() == 1
            await wire.mend()
            await until(lambda: _is_empty(shop))
    assert shop.done == ["twice", "twice"]


async def test_what_nobody_here_can_do_is_left_alone(shop: Workshop) -> None:
    await shop.add("foreign", kind="other")
    await shop.add("known")
    async with shop.working():
        await until(lambda: shop.done == ["known"])
    assert (await shop.row())["tries"] == 0


async def test_a_worker_that_was_held_up_does_not_take_its_own_job_again(shop: Workshop) -> None:
    begun = []

    async def held_up(job: Job) -> None:
        begun.append(job.id)
        time.sleep(SHORT.total_seconds() * 1.5)  # the whole loop stands still, and so do renewals
        await asyncio.sleep(0.2)

    await shop.add("once")
    async with shop.working({"do": held_up}, claim=SHORT):
        await until(lambda: begun)
        shop.bus.wake(JOBS)
        while await shop.count():
            await asyncio.sleep(0.02)
    assert len(begun) == 1


async def test_a_kind_that_can_tell_of_its_death_leaves_nothing_behind(shop: Workshop) -> None:
    told: list[str] = []

    async def tell(tx: Connection, job: Job, reason: str) -> None:
        told.append(reason)
        if job.payload == b'"untellable"':
            raise ValueError("it cannot be told")

    await shop.add("deadly")
    await shop.add("untellable")
    await claim_as_somebody_who_dies(shop, tries=3)
    async with shop.working(tries=3, burials={"do": tell}):
        await until(lambda: _is_empty(shop), 3)
    assert told == ["The worker died each time it took this up."] * 2
    assert await shop.count("dead_job") == 1
