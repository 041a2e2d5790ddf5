"""The queue: the promise that breaks first stands first; every page holds what the last did not."""

import re
from pathlib import Path

import pytest

from doorstep.desk.cursor import FIRST, LAST
from doorstep.desk.model import QueuePage, QueueRow
from doorstep.desk.queue import State, View, queue
from doorstep.desk.sql import sql
from doorstep.kernel import Invalid, new_id
from doorstep.people import Me
from doorstep.routing import fold_counts
from tests.parts import Spine

FILL = Path(__file__).with_name("queue.sql").read_text()
OPEN, WAITING, RESOLVED = 300, 40, 60


@pytest.fixture
async def me(spine: Spine) -> Me:
    """An agent before 400 conversations: promises tie, some have none; a third are hers, a third Leo's."""
    maren, leo = await spine.hire(), await spine.hire("Leo")
    await spine.run(
        FILL.replace(":queue_id", f"'{spine.queue_id}'")
        .replace(":inbox_id", f"'{spine.inbox_id}'")
        .replace(":maren", f"'{maren.agent_id}'")
        .replace(":leo", f"'{leo.agent_id}'")
    )
    return maren


async def page(
    spine: Spine, me: Me, view: View, state: State = "open", after: str | None = None, most: int = 200
) -> QueuePage:
    async with spine.db.connection() as on:
        return await queue(on, me.agent_id, view, state, after, most)


async def read_all(spine: Spine, me: Me, view: View, state: State, most: int) -> list[QueueRow]:
    rows, after = list[QueueRow](), None
    while True:
        found = await page(spine, me, view, state, after, most)
        assert len(found.rows) <= most
        rows += found.rows
        if found.next is None:
            return rows
        after = found.next


@pytest.mark.parametrize("most", [7, 100, 200])
@pytest.mark.parametrize("view", ["mine", "team", "all"])
async def test_every_open_row_once_by_promise(spine: Spine, me: Me, view: View, most: int) -> None:
    rows = await read_all(spine, me, view, "open", most)
    whose = {"mine": "agent_id = $1", "team": "agent_id is null and $1 is not null", "all": "$1 is not null"}
    truth = await spine.rows(
        f"select id from conversation where state = 'open' and {whose[view].replace('$1', '$1::uuid')} "
        "order by due_at nulls last, id",
        me.agent_id,
    )
    assert [row.id for row in rows] == [row["id"] for row in truth]
    assert len(rows) == (OPEN if view == "all" else OPEN // 3)
    assert any(row.due_at is None for row in rows)


@pytest.mark.parametrize("state", ["waiting", "resolved"])
@pytest.mark.parametrize("view", ["mine", "team", "all"])
async def test_what_rests_is_there_newest_first(spine: Spine, me: Me, view: View, state: State) -> None:
    rows = await read_all(spine, me, view, state, 7)
    truth = await spine.rows(
        "select id from conversation where state = $1 and ($2 = 'all' or $2 = 'mine' and agent_id = $3 "
        "or $2 = 'team' and agent_id is null) order by last_at desc, id desc",
        *(state, view, me.agent_id),
    )
    assert [row.id for row in rows] == [row["id"] for row in truth]
    assert rows


async def test_the_counts_are_the_truth_before_and_after_they_are_folded(spine: Spine, me: Me) -> None:
    for _ in range(2):
        counts = (await page(spine, me, "mine")).counts
        assert counts
        assert (counts.mine, counts.team, counts.all) == (OPEN // 3, OPEN // 3, OPEN)
        async with spine.db.transaction() as tx:
            await fold_counts(tx)


async def test_a_row_says_what_the_list_shows(spine: Spine, me: Me) -> None:
    row = (await page(spine, me, "mine", most=1)).rows[0]
    assert (row.customer_name, row.channel, row.state, row.agent_name, row.reply_within_s) == (
        "Ioanna",
        "memory",
        "open",
        "Maren",
        4 * 3600,
    )


async def test_an_empty_queue_is_a_page_without_next(spine: Spine) -> None:
    me = await spine.hire()
    found = await page(spine, me, "all")
    assert (found.rows, found.next) == ([], None)
    assert found.counts
    assert (found.counts.mine, found.counts.team, found.counts.all) == (0, 0, 0)


async def test_only_the_first_page_counts(spine: Spine, me: Me) -> None:
    first = await page(spine, me, "all", most=7)
    assert first.counts is not None
    assert (await page(spine, me, "all", after=first.next, most=7)).counts is None


async def test_a_foreign_cursor_is_refused(spine: Spine) -> None:
    with pytest.raises(Invalid):
        await page(spine, await spine.hire(), "all", after="page 2")


async def test_no_list_walks_what_it_does_not_show(spine: Spine) -> None:
    maren = await spine.hire()
    customer_id = new_id()
    await spine.run("insert into customer (id, name) values ($1, 'Ioanna')", customer_id)
    await spine.run(
        "insert into conversation (id, customer_id, inbox_id, queue_id, channel, matter, state, agent_id, "
        "opened_at, last_at, due_at) select gen_random_uuid(), $4, $1, $2, 'memory', 'M', "
        "case n % 2 when 0 then 'open' else 'resolved' end, case when n % 10000 < 2 then $3::uuid "
        "when n % 20000 < 9999 then gen_random_uuid() end, now(), now() - n * interval '1 second', "
        "now() + n * interval '1 second' from generate_series(1, 100000) n",
        *(spine.inbox_id, spine.queue_id, maren.agent_id, customer_id),
    )
    await spine.run("analyze conversation")
    keys = {"agent_id": maren.agent_id, "state": "resolved", "most": 50}
    keys |= {"after_due": FIRST[0], "after_id": FIRST[1], "before_at": LAST[0], "before_id": LAST[1]}
    async with spine.db.connection() as on:
        await on.execute("set plan_cache_mode = force_generic_plan")
        for kind in ("queue", "rest"):
            for view in ("mine", "team", "all"):
                statement = sql[f"{kind}_{view}"]
                values = [keys[p] for p in statement.parameters]
                plan = await on.fetch(f"explain (analyze, buffers) {statement.text}", *values)
                text = "\n".join(row[0] for row in plan)
                assert "Seq Scan on conversation" not in text, text
                assert "Rows Removed by Filter" not in text, text
                read = [int(n) for n in re.findall(r"on conversation.*actual time=\S+ rows=(\d+)", text)]
                assert read, text
                assert max(read) <= 50, text
        for count in ("count_mine", "count_assigned"):
            values = [keys[p] for p in sql[count].parameters]
            plan = await on.fetch(f"explain {sql[count].text}", *values)
            text = "\n".join(row[0] for row in plan)
            assert re.search("Index (Only )?Scan (using|on) conversation_(agent|taken)", text), text
        await on.execute("reset plan_cache_mode")
