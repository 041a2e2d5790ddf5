"""A customer who writes without naming a thread goes on in an open matter, or the desk asks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from doorstep.conversations import join, look
from doorstep.conversations.same_matter import answer_same_matter
from doorstep.customers import merge
from doorstep.kernel import Conflict
from tests.parts import Spine

NOW = datetime.now(UTC)


async def conversations(spine: Spine) -> list[int]:
    rows = await spine.rows(
        "select interactions from conversation where joined_to is null order by opened_at, id"
    )
    return [int(str(row["interactions"])) for row in rows]


async def test_another_channel_goes_on_in_the_only_open_matter(spine: Spine) -> None:
    await spine.take_in(spine.signal(text="Where is my grinder?", message_id="<a@x>"))
    await spine.take_in(spine.signal(channel="sms", text="Any news?"))
    assert await conversations(spine) == [2]


async def test_another_mail_is_a_matter_of_its_own(spine: Spine) -> None:
    await spine.take_in(spine.signal(text="Where is my grinder?", message_id="<a@x>"))
    await spine.take_in(spine.signal(text="I should like to return the scale.", message_id="<b@x>"))
    assert await conversations(spine) == [1, 1]
    assert await spine.value("select count(*) from matter_question") == 0


async def test_another_mail_that_names_the_same_order_goes_on(spine: Spine) -> None:
    await spine.take_in(spine.signal(subject="Order 48213", text="Where is it?", message_id="<a@x>"))
    await spine.take_in(spine.signal(text="Something else.", message_id="<b@x>"))
    await spine.take_in(spine.signal(text="And order no. 48213?", message_id="<c@x>"))
    assert await conversations(spine) == [2, 1]


async def test_a_bare_number_counts_only_when_a_shop_knows_it(spine: Spine) -> None:
    await spine.take_in(spine.signal(text="I moved here in 2026.", message_id="<a@x>"))
    await spine.take_in(spine.signal(text="The catalogue of 2026, please.", message_id="<b@x>"))
    assert await conversations(spine) == [1, 1]


async def test_what_is_long_ago_or_resolved_is_not_gone_on_in(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    await spine.run("update conversation set last_at = $1", NOW - timedelta(days=15))
    await spine.take_in(spine.signal(channel="sms"))
    await spine.run("update conversation set state = 'resolved', last_at = now()")
    await spine.take_in(spine.signal(channel="fax"))
    assert await conversations(spine) == [1, 1, 1]


async def test_two_channels_in_one_batch_are_one_matter(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"), spine.signal(channel="sms"))
    assert await conversations(spine) == [2]


async def test_where_several_fit_the_desk_asks(spine: Spine) -> None:
    me = await spine.hire()
    await spine.take_in(spine.signal(subject="Grinder", message_id="<a@x>"))
    await spine.take_in(spine.signal(subject="Scale", message_id="<b@x>"))
    asked = await spine.opened(channel="sms", text="Any news?")
    async with spine.db.transaction() as tx:
        found = await look(tx, asked)
        assert {one.matter for one in found.question} == {"Grinder", "Scale"}
        grinder = next(one.id for one in found.question if one.matter == "Grinder")
        joined = await answer_same_matter(tx, asked, grinder, me, NOW)
    assert joined is not None
    async with spine.db.transaction() as tx:
        whole = await look(tx, asked)
        assert (whole.id, whole.question, whole.channels) == (joined.id, [], ["memory", "sms"])
        with pytest.raises(Conflict):
            await answer_same_matter(tx, asked, None, me, NOW)
    assert sorted(await conversations(spine)) == [1, 2]


async def test_of_a_merged_person_it_opens_its_own_matter_and_is_joined(spine: Spine) -> None:
    await spine.take_in(spine.signal("ana@mail.example", subject="Grinder", message_id="<a@x>"))
    await spine.take_in(spine.signal("anna@work.example", message_id="<b@x>"))
    await spine.run("update conversation set state = 'resolved' where matter <> 'Grinder'")
    ids = [
        UUID(str(r["customer_id"]))
        for r in await spine.rows("select customer_id from identity order by value")
    ]
    async with spine.db.transaction() as tx:
        await merge(tx, ids[0], ids[1], "agent", [], None, NOW)
    (signal_id,) = await spine.take_in(spine.signal("anna@work.example", channel="sms", text="Any news?"))
    ground = UUID(str(await spine.value("select conversation_id from interaction where id = $1", signal_id)))
    assert await spine.value("select customer_id from conversation where id = $1", ground) == ids[1]
    async with spine.db.connection() as on:
        whole = await look(on, ground)
    assert (whole.matter, whole.id != ground, [p.evidence for p in whole.joined]) == (
        "Grinder",
        True,
        ["merge"] * 2,
    )


async def test_what_comes_wakes_the_part_and_the_whole(spine: Spine) -> None:
    me = await spine.hire()
    one = await spine.opened(message_id="<a@x>")
    other = await spine.opened(message_id="<b@x>")
    async with spine.db.transaction() as tx:
        whole = (await join(tx, one, other, "agent", me, NOW)).id
    await spine.run("update conversation set state = 'resolved', unread = false")
    await spine.take_in(spine.signal(message_id="<c@x>", references=("<a@x>",)))
    rows = await spine.rows("select id, state, unread, interactions from conversation order by id")
    stands = {row["id"]: (row["state"], row["unread"], row["interactions"]) for row in rows}
    assert stands == {one: ("open", True, 2), other: ("resolved", False, 1), whole: ("open", True, 3)}
