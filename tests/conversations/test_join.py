"""Join and split, and the way back of both; and what waits until a time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from doorstep.conversations import change, join, look, separate, split, undo, unsplit
from doorstep.conversations.follow_up import follow_up
from doorstep.conversations.separate import shared
from doorstep.desk.queue import queue
from doorstep.kernel import Conflict, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.replies import NewNote
from doorstep.routing import fold_counts, waiting
from doorstep.spine.outbound import note
from doorstep.testing import TurnableClock
from tests.parts import Spine

NOW = datetime.now(UTC)


async def two(spine: Spine) -> tuple[UUID, UUID]:
    return await spine.opened(subject="Grinder", message_id="<a@x>"), await spine.opened(
        subject="Scale", message_id="<b@x>"
    )


async def joined(spine: Spine, one: UUID, other: UUID, me: Me) -> tuple[UUID, UUID]:
    async with spine.db.transaction() as tx:
        found = await join(tx, one, other, "agent", me, NOW)
    return found.id, found.link_id


async def stands(spine: Spine) -> list[dict[str, object]]:
    return await spine.rows(
        "select id, state, agent_id, due_at, last_at, unread, interactions, joined_to from conversation "
        "where not is_joined order by id"
    )


async def count(spine: Spine) -> int:
    async with spine.db.transaction() as tx:
        await fold_counts(tx)
        return (await waiting(tx)).total()


async def listed(spine: Spine, me: Me) -> list[str]:
    async with spine.db.connection() as on:
        return [row.matter for row in (await queue(on, me.agent_id, "all", "open", None, 50)).rows]


async def test_joined_they_are_one_line_and_one_count_and_apart_they_stand_as_before(spine: Spine) -> None:
    me = await spine.hire()
    one, other = await two(spine)
    before = await stands(spine)
    whole, link_id = await joined(spine, one, other, me)
    assert (await listed(spine, me), await count(spine)) == (["Grinder"], 1)
    async with spine.db.connection() as on:
        assert (await look(on, other)).id == whole
    async with spine.db.transaction() as tx:
        await separate(tx, link_id, {}, me, NOW)
    assert (sorted(await listed(spine, me)), await count(spine)) == (["Grinder", "Scale"], 2)
    assert await stands(spine) == before
    async with spine.db.connection() as on:
        assert (await look(on, whole)).id == one


async def test_joining_twice_is_as_once_and_with_itself_is_refused(spine: Spine) -> None:
    me = await spine.hire()
    one, other = await two(spine)
    first = await joined(spine, one, other, me)
    assert await joined(spine, other, one, me) == first
    with pytest.raises(Invalid):
        await joined(spine, one, one, me)
    with pytest.raises(NotFound):
        await joined(spine, one, new_id(), me)
    stranger = await spine.opened(sender="x@mail.example")
    with pytest.raises(Conflict, match="two customers"):
        await joined(spine, one, stranger, me)


async def test_three_are_one_and_the_middle_comes_apart(spine: Spine) -> None:
    me = await spine.hire()
    one, other = await two(spine)
    third = await spine.opened(subject="Beans", message_id="<c@x>")
    _, middle = await joined(spine, one, other, me)
    whole, _ = await joined(spine, third, one, me)
    assert (await listed(spine, me), await count(spine)) == (["Beans"], 1)
    async with spine.db.transaction() as tx:
        await separate(tx, middle, {}, me, NOW)
    assert (sorted(await listed(spine, me)), await count(spine)) == (["Beans", "Scale"], 2)
    assert await spine.value("select interactions from conversation where id = $1", whole) == 2
    await spine.take_in(spine.signal(message_id="<d@x>", references=("<a@x>",)))
    assert await spine.value("select interactions from conversation where id = $1", whole) == 3


async def test_what_was_done_to_both_is_given_to_whom_the_agent_says(spine: Spine) -> None:
    me = await spine.hire()
    one, other = await two(spine)
    whole, link_id = await joined(spine, one, other, me)
    async with spine.db.transaction() as tx:
        await note(tx, whole, NewNote("To the one"), me, NOW)
        await note(tx, whole, NewNote("To both"), me, NOW)
        version = (await look(tx, whole)).version
        await change(tx, whole, "resolve", version, me, NOW)
        items = {item.what: item.id for item in await shared(tx, link_id)}
        assert set(items) == {"To the one", "To both", "resolved"}
        await separate(tx, link_id, {items["To the one"]: "one", items["resolved"]: "other"}, me, NOW)
    notes = await spine.rows(
        "select conversation_id, text from interaction where direction = 'note' order by text, id"
    )
    assert {(n["conversation_id"], n["text"]) for n in notes} == {
        (one, "To both"),
        (other, "To both"),
        (one, "To the one"),
    }
    states = {row["id"]: (row["state"], row["interactions"]) for row in await stands(spine)}
    assert states == {one: ("open", 3), other: ("resolved", 2)}
    assert await count(spine) == 1


async def test_what_is_split_off_is_a_matter_of_its_own_until_it_is_put_back(spine: Spine) -> None:
    me = await spine.hire()
    one = await spine.opened(subject="Grinder", message_id="<a@x>")
    (second,) = await spine.take_in(
        spine.signal(subject="And the scale", message_id="<b@x>", references=("<a@x>",))
    )
    before = await stands(spine)
    async with spine.db.transaction() as tx:
        made = await split(tx, one, [second], me, NOW)
    assert (sorted(await listed(spine, me)), await count(spine)) == (["And the scale", "Grinder"], 2)
    async with spine.db.transaction() as tx:
        with pytest.raises(Invalid, match="nor all"):
            await split(tx, made, [second], me, NOW)
        with pytest.raises(NotFound):
            await split(tx, one, [second], me, NOW)
    async with spine.db.transaction() as tx:
        assert await unsplit(tx, made, me, NOW) == one
    assert await count(spine) == 1
    assert [row for row in await stands(spine) if row["joined_to"] is None] == before
    async with spine.db.connection() as on:
        assert (await look(on, made)).id == one


async def test_what_answers_what_was_split_off_comes_along_and_back(spine: Spine) -> None:
    me = await spine.hire()
    one = await spine.opened(subject="Grinder", message_id="<a@x>")
    (second,) = await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",)))
    async with spine.db.transaction() as tx:
        made = await split(tx, one, [second], me, NOW)
    await spine.take_in(spine.signal(message_id="<c@x>", references=("<b@x>",)))
    assert await spine.value("select interactions from conversation where id = $1", made) == 2
    async with spine.db.transaction() as tx:
        await unsplit(tx, made, me, NOW)
    assert await spine.value("select interactions from conversation where id = $1", one) == 3
    assert await spine.value("select count(*) from interaction where conversation_id = $1", one) == 3


async def test_what_waits_until_a_time_comes_back_then(spine: Spine) -> None:
    me, clock = await spine.hire(), TurnableClock(NOW)
    one = await spine.opened()
    until = NOW + timedelta(days=2)
    async with spine.db.transaction() as tx:
        await change(tx, one, "wait", 0, me, NOW, until)
    assert await spine.value("select due_at from job where kind = 'conversation.follow_up'") == until
    async with spine.db.transaction() as tx:
        await follow_up(tx, one, clock)
    assert await spine.value("select state from conversation") == "waiting"
    clock.turn(timedelta(days=2))
    await spine.told()
    async with spine.db.transaction() as tx:
        await follow_up(tx, one, clock)
    (row,) = await spine.rows("select state, follow_up_at, due_at from conversation")
    assert (row["state"], row["follow_up_at"], row["due_at"]) == ("open", None, until + timedelta(hours=4))
    assert [event["kind"] for event in await spine.told()] == ["conversation.followed_up"]
    assert [r["verb"] for r in await spine.rows("select verb from action order by happened_at")] == [
        "waits",
        "followed_up",
    ]
    assert await count(spine) == 1


async def test_a_time_that_was_moved_or_undone_no_longer_holds(spine: Spine) -> None:
    me, clock = await spine.hire(), TurnableClock(NOW + timedelta(days=2))
    one = await spine.opened()
    async with spine.db.transaction() as tx:
        await change(tx, one, "wait", 0, me, NOW, NOW + timedelta(days=2))
        await change(tx, one, "wait", 1, me, NOW, NOW + timedelta(days=3))
        await follow_up(tx, one, clock)
    assert await spine.value("select count(*) from job where kind = 'conversation.follow_up'") == 1
    assert await spine.value("select state from conversation") == "waiting"
    async with spine.db.transaction() as tx:
        await undo(tx, one, 2, me, NOW)
        assert (await look(tx, one)).follow_up_at == NOW + timedelta(days=2)
        with pytest.raises(Invalid, match="to come"):
            await change(tx, one, "wait", 3, me, NOW, NOW)
