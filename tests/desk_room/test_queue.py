"""The queue: the promise that breaks first stands first; every page holds what the last did not."""

from pathlib import Path

import pytest

from doorstep.desk.model import QueuePage, QueueRow
from doorstep.desk.queue import State, View, queue
from doorstep.kernel import Invalid
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
@pytest.mark.parametrize("view", ["mine", "all"])
async def test_what_rests_is_there_newest_first(spine: Spine, me: Me, view: View, state: State) -> None:
    rows = await read_all(spine, me, view, state, 7)
    truth = await spine.rows(
        "select id from conversation where state = $1 and ($2 or agent_id = $3) "
        "order by last_at desc, id desc",
        *(state, view == "all", me.agent_id),
    )
    assert [row.id for row in rows] == [row["id"] for row in truth]
    assert rows


async def test_the_counts_are_the_truth_before_and_after_they_are_folded(spine: Spine, me: Me) -> None:
    for _ in range(2):
        counts = (await page(spine, me, "mine")).counts
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
    assert (found.counts.mine, found.counts.team, found.counts.all) == (0, 0, 0)


async def test_a_foreign_cursor_is_refused(spine: Spine) -> None:
    with pytest.raises(Invalid):
        await page(spine, await spine.hire(), "all", after="page 2")
