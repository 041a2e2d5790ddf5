"""The worker: poison stands alone, order is kept in a lane, and the dead are taken over."""

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from doorstep.kernel import Priority, new_id
from doorstep.spine import Handoff, SpineEdge, Worker, drain, reap
from doorstep.spine.claim import claim, sql
from doorstep.spine.enter import Fenced
from doorstep.spine.inbound import prepare, take_in
from doorstep.spine.undelivered import reconcile, replay, undelivered
from tests.spine.conftest import Spine


async def test_poison_stands_alone_and_the_others_go_through(spine: Spine) -> None:
    signals = [spine.signal(f"p{n}@mail.example") for n in range(20)]
    signals[7] = spine.signal("p7@mail.example", inbox_id=new_id())
    await spine.accept(*signals)
    await drain(spine.worker())
    assert await spine.value("select count(*) from interaction") == 19
    (left,) = await spine.rows("select tries, owner, due_at > now() as waits from work")
    assert left == {"tries": 1, "owner": None, "waits": True}


async def test_after_its_last_try_it_lies_in_undelivered_and_can_be_replayed(spine: Spine) -> None:
    inbox_id = new_id()
    await spine.accept(spine.signal("ada@mail.example", inbox_id=inbox_id, subject="Where is it?"))
    await drain(spine.worker(tries=1))
    async with spine.db.connection() as on:
        (failed,) = await undelivered(on)
    assert "There is no inbox" in failed.error
    assert failed.sender is not None
    assert (failed.sender.value, failed.subject) == ("ada@mail.example", "Where is it?")
    async with spine.db.transaction() as tx:
        await tx.execute(
            "insert into inbox (id, channel, name, address, queue_id) values ($1, 'memory', 'B', 'b@x', $2)",
            inbox_id,
            spine.queue_id,
        )
        assert await replay(tx, failed.id) == failed.signal_id
    await drain(spine.worker())
    assert await spine.value("select id from interaction") == failed.signal_id


async def test_a_signal_that_cannot_even_be_read_fails_alone(spine: Spine) -> None:
    await spine.accept(spine.signal(), spine.signal())
    async with spine.db.transaction() as tx:
        await tx.execute(
            "update journal set signal = 'no json' where id = (select min(id::text)::uuid from journal)"
        )
    await drain(spine.worker(tries=1))
    assert await spine.value("select count(*) from interaction") == 1
    async with spine.db.connection() as on:
        (failed,) = await undelivered(on)
    assert (failed.sender, failed.subject) == (None, "")


async def test_a_lane_belongs_to_one_worker_and_keeps_its_order(spine: Spine) -> None:
    await spine.accept(*[spine.signal(text=f"{n}") for n in range(6)])
    mine = await claim(spine.db, new_id(), 3)
    assert [prepare(c, c.signal or b"").signal.text for c in mine] == ["0", "1", "2"]
    assert await claim(spine.db, new_id(), 3) == []


async def test_every_class_has_its_share(spine: Spine) -> None:
    for priority in Priority:
        await spine.accept(*[spine.signal(f"{priority}{n}@x.example", priority=priority) for n in range(100)])
    taken = await claim(spine.db, new_id(), 50)
    count = {p: sum(c.priority == p for c in taken) for p in Priority}
    assert count == {Priority.LIVE: 30, Priority.NORMAL: 15, Priority.BULK: 5}


async def test_an_idle_class_leaves_its_share_to_the_others(spine: Spine) -> None:
    await spine.accept(*[spine.signal(f"{n}@x.example", priority=Priority.BULK) for n in range(60)])
    assert len(await claim(spine.db, new_id(), 50)) == 50


async def test_what_a_dead_worker_held_is_taken_over(spine: Spine) -> None:
    await spine.accept(spine.signal())
    assert len(await claim(spine.db, new_id(), 10)) == 1
    await drain(spine.worker())
    assert await spine.value("select count(*) from interaction") == 0
    await let_claims_run_out(spine)
    await drain(spine.worker())
    assert await spine.value("select count(*) from interaction") == 1


async def test_what_killed_its_worker_twice_runs_alone_then_is_given_up(spine: Spine) -> None:
    await spine.accept(*[spine.signal(f"{n}@x.example") for n in range(3)])
    async with spine.db.transaction() as tx:
        await tx.execute("update work set deaths = 2 where id = (select min(id::text)::uuid from work)")
    assert len(await claim(spine.db, new_id(), 10)) == 1
    await let_claims_run_out(spine)
    assert await reap(spine.db) == 0
    assert await spine.value("select error from undelivered") == "The worker died each time it took this up."
    assert len(await claim(spine.db, new_id(), 10)) == 2


async def test_a_worker_whose_claim_ran_out_commits_nothing(spine: Spine) -> None:
    await spine.accept(spine.signal())
    slow = new_id()
    claimed = await claim(spine.db, slow, 10)
    await let_claims_run_out(spine)
    await drain(spine.worker())
    with pytest.raises(Fenced):
        async with spine.db.transaction() as tx:
            await take_in(tx, [prepare(c, c.signal or b"") for c in claimed], slow)
    assert await spine.value("select count(*) from interaction") == 1


async def test_a_resting_worker_is_handed_what_comes(spine: Spine) -> None:
    handoff = Handoff()
    edge = SpineEdge(spine.db, spine.bus, spine.edge.files, handoff)
    worker = Worker(spine.db, spine.bus, handoff)
    running = asyncio.create_task(worker.run())
    while handoff.claim() is None:
        await asyncio.sleep(0.01)
    direct = Spine(spine.db, spine.bus, edge, spine.inbox_id, spine.queue_id)
    await direct.accept(direct.signal())
    while not await spine.value("select count(*) from interaction"):
        await asyncio.sleep(0.01)
    assert await spine.value("select count(*) from work") == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_was_promised_to_one_goes_to_that_one(spine: Spine) -> None:
    handoff, given = Handoff(), {}
    first, second = new_id(), new_id()
    handoff.rest(first, lambda claimed: given.update({first: claimed}))
    promise = handoff.claim()
    handoff.rest(second, lambda claimed: given.update({second: claimed}))
    handoff.rise(first)
    assert promise is not None
    assert promise.owner == first
    promise.take([])
    assert list(given) == [first]
    following = handoff.claim()
    assert following is not None
    assert following.owner == second


async def test_many_signals_by_two_workers_are_all_in_at_once(spine: Spine) -> None:
    handoff = Handoff()
    edge = SpineEdge(spine.db, spine.bus, spine.edge.files, handoff)
    direct = Spine(spine.db, spine.bus, edge, spine.inbox_id, spine.queue_id)
    workers = [asyncio.create_task(Worker(spine.db, spine.bus, handoff).run()) for _ in range(2)]
    for n in range(60):
        await asyncio.gather(*(direct.accept(direct.signal(f"{n}-{m}@x.example")) for m in range(3)))
    for _ in range(60):
        if await spine.value("select count(*) from interaction") == 180:
            break
        await asyncio.sleep(0.05)
    for working in workers:
        working.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    assert await spine.value("select count(*) from interaction") == 180


async def test_what_is_behind_another_in_its_lane_is_not_handed_over(spine: Spine) -> None:
    await spine.accept(spine.signal())
    handoff = Handoff()
    given: list[object] = []
    handoff.rest(new_id(), given.extend)
    edge = SpineEdge(spine.db, spine.bus, spine.edge.files, handoff)
    await Spine(spine.db, spine.bus, edge, spine.inbox_id, spine.queue_id).accept(spine.signal())
    assert given == []
    assert await spine.value("select count(*) from work where owner is null") == 2


async def test_reconciliation_counts_every_signal(spine: Spine) -> None:
    await spine.take_in(*[spine.signal(f"{n}@x.example") for n in range(3)])
    await spine.accept(spine.signal())
    async with spine.db.connection() as on:
        (row,) = await reconcile(on, datetime.now(UTC) - timedelta(days=1))
    assert (row.accepted, row.shown, row.pending, row.undelivered, row.missing) == (4, 3, 1, 0, 0)


async def let_claims_run_out(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        await tx.execute("update work set until = now() - interval '1 second' where owner is not null")


async def test_a_batch_holds_no_more_than_fits_and_loses_nothing(
    spine: Spine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doorstep.spine.claim.BYTES", 20_000)
    for n in range(7):
        await spine.accept(spine.signal(f"{n}@x.example", text="x" * 9_000))
    claimed = await claim(spine.db, owner := new_id(), 10)
    assert [c.signal is None for c in claimed] == [False] * 2 + [True] * 5
    async with spine.db.connection() as on:
        await sql.run(on, "let_go", owner=owner)
    assert await drain(spine.worker(batch=4)) == 7
    assert await spine.value("select count(*) from interaction") == 7
    assert await spine.value("select count(*) from undelivered") == 0


async def test_a_flood_in_one_lane_is_not_read_from_end_to_end(spine: Spine) -> None:
    accepted = await spine.accept(spine.signal())
    async with spine.db.transaction() as tx:
        await tx.execute("alter table work set (autovacuum_enabled = false)")
        await tx.execute(
            "insert into work (id, signal_id, received_at, lane, priority, due_at) "
            "select md5(g::text)::uuid, w.signal_id, w.received_at, w.lane, w.priority, w.due_at "
            "from work w, generate_series(1, 50000) g"
        )
    assert len(await claim(spine.db, new_id(), 100)) == 100
    statement = sql["claim"]
    values = {
        **{"owner": new_id(), "until": datetime.now(UTC), "now": datetime.now(UTC), "most": 100},
        **{"looked_at": 2000, "priorities": [0, 1, 2], "shares": [60, 30, 10], "bytes": 1 << 24},
    }
    async with spine.db.probes.acquire() as on, on.transaction():
        rows = await on.fetch(f"explain analyze {statement.text}", *[values[p] for p in statement.parameters])
    read = [int(n) for row in rows for n in re.findall(r"actual time=\S+ rows=(\d+)", row[0])]
    assert max(read) <= 2000, "\n".join(row[0] for row in rows)
    assert accepted.fresh == (True,)


async def test_large_mails_leave_time_for_everything_else(spine: Spine) -> None:
    html = "<table>" + "<tr><td style='color:red'>Where is my parcel?</td></tr>" * 12_000
    await spine.accept(*[spine.signal(f"{n}@x.example", html=html) for n in range(8)])
    working = asyncio.create_task(drain(spine.worker()))
    longest = 0.0
    while not working.done():
        began = time.monotonic()
        await asyncio.sleep(0.01)
        longest = max(longest, time.monotonic() - began)
    assert await working == 8
    assert await spine.value("select count(*) from interaction") == 8
    print(f"longest the loop stood still: {longest:.2f} s")


async def test_what_came_while_a_clock_was_ahead_is_taken_in_at_once(spine: Spine) -> None:
    (signal_id,) = (await spine.accept(spine.signal())).ids
    assert await spine.value("select due_at < received_at from work where id = $1", signal_id)
    await spine.run("update journal set received_at = received_at + interval '1 hour'")
    await spine.run("update work set received_at = received_at + interval '1 hour'")
    assert await drain(spine.worker()) == 1
    assert await spine.value("select count(*) from interaction") == 1
