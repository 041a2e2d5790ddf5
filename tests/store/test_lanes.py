"""Lanes: what goes where nobody answers takes a few hands, and never all of them."""

import asyncio
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from doorstep.kernel import new_id
from doorstep.store import Database
from doorstep.store.bus import LocalBus
from doorstep.store.jobs import CLAIM, Job, sql
from doorstep.testing import TurnableClock
from tests.parts import until
from tests.store.test_jobs import Workshop, claim_as_somebody_who_dies

CROWD = 100_000
FEW = 40
"""Rows that a claim may read of any kind, however many wait."""


@pytest.fixture
def shop(database: Database) -> Workshop:
    return Workshop(database, TurnableClock(), LocalBus(), [])


class Hanging:
    """Does what goes the way `open`, and hangs on everything else; `most` at once of each lane."""

    def __init__(self) -> None:
        self.busy: Counter[str] = Counter()
        self.done: list[str] = []

    async def __call__(self, job: Job) -> None:
        self.busy[job.lane] += 1
        if job.lane != "open":
            await asyncio.Event().wait()
        self.done.append(msgspec.json.decode(job.payload))


async def test_a_lane_that_hangs_takes_a_quarter_and_the_others_go_on(shop: Workshop) -> None:
    for n in range(30):
        await shop.add(f"hangs {n}", lane="hangs")
    for n in range(10):
        await shop.add(f"goes {n}", lane="open")
    hanging = Hanging()
    async with shop.working({"do": hanging}, at_once=8):
        await until(lambda: len(hanging.done) == 10)
        assert hanging.busy["hangs"] == 2
        await shop.add("late", lane="open")
        await until(lambda: "late" in hanging.done)
        assert hanging.busy["hangs"] == 2


async def test_one_hand_is_enough_for_a_lane_and_too_many_for_none(shop: Workshop) -> None:
    for lane in ("a", "a", "b", "b", "", "", ""):
        await shop.add("x", lane=lane)
    hanging = Hanging()
    async with shop.working({"do": hanging}, at_once=5):
        await until(lambda: hanging.busy.total() == 5)
    assert hanging.busy == {"a": 1, "b": 1, "": 3}


async def test_each_lane_gets_its_first_before_any_gets_its_second(shop: Workshop) -> None:
    for lane in ("a", "a", "a", "b", "c", "d"):
        await shop.add("x", lane=lane)
    hanging = Hanging()
    async with shop.working({"do": hanging}, at_once=4):
        await until(lambda: hanging.busy.total() == 4)
    assert hanging.busy == {"a": 1, "b": 1, "c": 1, "d": 1}


async def test_what_the_dead_left_of_a_lane_is_taken_up_by_and_by(shop: Workshop) -> None:
    for _ in range(6):
        await shop.add("x", lane="hangs")
    await claim_as_somebody_who_dies(shop)
    hanging = Hanging()
    await asyncio.sleep(0.4)
    async with shop.working({"do": hanging}, at_once=8):
        await shop.add("y", lane="open")
        await until(lambda: hanging.done == ["y"])
        assert hanging.busy["hangs"] == 2


async def test_a_full_lane_is_waited_for_and_not_asked_for_all_the_time(shop: Workshop) -> None:
    await shop.add("due", lane="full")
    later = await shop.add("later", timedelta(minutes=1), lane="open")
    async with shop.db.connection() as on:
        due_at = await on.fetchval("select due_at from job where id = $1", later)
        assert await sql.value(on, "next_due", kinds=["do"], full=["full"]) == due_at
        assert await sql.value(on, "next_due", kinds=["do"], full=["full", "open"]) is None
        assert await sql.value(on, "next_due", kinds=["do"], full=[]) < due_at


@pytest.mark.parametrize("is_analysed", [False, True])
async def test_a_claim_reads_a_few_rows_however_many_wait(shop: Workshop, is_analysed: bool) -> None:
    async with shop.db.connection() as on:
        await on.execute("alter table job set (autovacuum_enabled = false)")
        await on.execute(
            "insert into job (id, kind, lane, payload, due_at) select gen_random_uuid(), 'do', 'crowd', '', "
            f"now() - n * interval '1 s' from generate_series(1, {CROWD}) n"
        )
        if is_analysed:
            await on.execute("analyze job")
    await shop.add("alone", lane="open")
    for full in (False, True):
        lanes, counts = (["crowd"], [4]) if full else ([], [])
        given = {
            "owner": new_id(), "length": CLAIM, "kinds": ["do"], "most": 16, "now": shop.clock.now(),
            "busy": [], "lanes": lanes, "counts": counts, "a_lane": 4, "full": lanes,
        }  # fmt: skip
        for name in ("claim_jobs", "next_due"):
            assert await rows_read(shop, name, given) <= FEW


async def rows_read(shop: Workshop, name: str, given: dict[str, object]) -> int:
    """Rows that a statement takes from `job` when it runs, those it throws away too; then it is undone."""
    async with shop.db.connection() as on:
        undone = on.transaction()
        await undone.start()
        text, *values = sql._call(name, given)
        (row,) = await on.fetch(f"explain (analyze, format json) {text}", *values)
        await undone.rollback()
    return _of_job(msgspec.json.decode(row[0])[0]["Plan"])


def _of_job(node: dict[str, object]) -> int:
    here = 0
    if node.get("Relation Name") == "job" and "Scan" in str(node["Node Type"]):
        each = float(str(node["Actual Rows"])) + float(str(node.get("Rows Removed by Filter", 0)))
        here = round(each * float(str(node["Actual Loops"])))
    return here + sum(_of_job(part) for part in node.get("Plans", []))  # type: ignore[attr-defined]
