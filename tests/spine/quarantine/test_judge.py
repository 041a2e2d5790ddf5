"""What nobody asked for waits beside the queue: judged by rules, by whom we know, and by what was learnt."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from doorstep.kernel import Kind, Reading, Signal, new_id
from doorstep.spine import drain
from doorstep.spine.quarantine.decide import held, release
from doorstep.spine.quarantine.learn import remember
from doorstep.spine.quarantine.mark import mark
from doorstep.spine.quarantine.model import Held
from doorstep.spine.undelivered import reconcile
from tests.parts import Spine

WHY = "Its own server calls it spam."


async def lying(spine: Spine) -> list[Held]:
    async with spine.db.connection() as on:
        return await held(on)


async def rule(spine: Spine, pattern: str, is_trusted: bool) -> None:
    async with spine.db.transaction() as tx:
        await remember(tx, spine.inbox_id, pattern, is_trusted)


async def we_wrote(spine: Spine, kind: str, name: str = "") -> None:
    """Into every conversation."""
    await spine.run(
        "insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, "
        "happened_at, received_at, text, message_id) select gen_random_uuid(), customer_id, id, inbox_id, "
        "channel, 'out', $1, now(), now(), 'Soon', $2 from conversation",
        *(kind, name),
    )


async def shown(spine: Spine) -> int:
    return int(str(await spine.value("select count(*) from interaction where direction = 'in'")))


async def teach(spine: Spine, texts: Sequence[tuple[str, bool]]) -> None:
    """Mark and let out, as agents would."""
    me = await spine.hire(f"Agent{new_id()}")
    for text, is_unwanted in texts:
        (signal_id,) = await spine.take_in(
            spine.signal(f"{new_id()}@mail.example", text, suspicion="" if is_unwanted else WHY)
        )
        async with spine.db.transaction() as tx:
            if is_unwanted:
                await mark(tx, signal_id, me, datetime.now(UTC))
            else:
                await release(tx, (await held(tx))[0].id, me)


async def test_what_is_suspicious_of_a_stranger_waits_whole_and_is_counted(spine: Spine) -> None:
    await spine.take_in(
        spine.signal("win@big.example", "You have\n\nwon!", subject="Prize", suspicion=WHY),
        spine.signal("ben@mail.example"),
    )
    (one,) = await lying(spine)
    assert (one.sender_value, one.subject, one.beginning, one.reason, one.inbox_name, one.was_shown) == (
        *("win@big.example", "Prize", "You have won!", WHY, "Care", False),
    )
    assert await shown(spine) == 1
    assert await spine.value("select count(*) from customer") == 1
    async with spine.db.connection() as on:
        (day,) = await reconcile(on, datetime.now(UTC) - timedelta(days=1))
    assert (day.accepted, day.shown, day.quarantined, day.missing) == (2, 1, 1, 0)


async def test_a_customer_we_have_written_to_is_never_held(spine: Spine) -> None:
    await spine.opened()
    await we_wrote(spine, "message")
    await spine.take_in(spine.signal(suspicion=WHY))
    assert await lying(spine) == []


async def test_an_automatic_answer_of_ours_makes_nobody_known(spine: Spine) -> None:
    await spine.opened()
    await we_wrote(spine, "auto-reply")
    await spine.take_in(spine.signal(suspicion=WHY))
    assert len(await lying(spine)) == 1


async def test_what_carries_our_token_or_answers_us_is_never_held(spine: Spine) -> None:
    conversation_id = await spine.opened()
    await we_wrote(spine, "message", name="<ours@shop>")
    token = await spine.token(conversation_id)
    await spine.take_in(
        spine.signal("new@mail.example", token=token, suspicion=WHY),
        spine.signal("other@mail.example", references=("<ours@shop>",), suspicion=WHY),
        spine.signal("liar@mail.example", token="a" * 35, suspicion=WHY),
        spine.signal("guess@mail.example", references=("<nobodys@x>",), suspicion=WHY),
    )
    assert {one.sender_value for one in await lying(spine)} == {"liar@mail.example", "guess@mail.example"}


async def test_rules_go_first_and_the_address_before_its_domain(spine: Spine) -> None:
    await rule(spine, "@big.example", is_trusted=False)
    await rule(spine, "ann@big.example", is_trusted=True)
    await spine.take_in(
        spine.signal("ann@big.example", suspicion=WHY), spine.signal("bob@big.example", "Hello")
    )
    (one,) = await lying(spine)
    assert one.sender_value == "bob@big.example"
    assert "marked mail of this sender as unwanted" in one.reason


async def test_a_rule_is_one_inboxs(spine: Spine) -> None:
    other = new_id()
    await spine.run(
        "insert into inbox (id, channel, name, address, queue_id) "
        "values ($1, 'memory', 'B', 'b@shop.example', $2)",
        *(other, spine.queue_id),
    )
    await rule(spine, "bob@big.example", is_trusted=False)
    mail = {"message_id": "<a@x>", "text": "Hello"}
    await spine.take_in(
        spine.signal("bob@big.example", **mail), spine.signal("bob@big.example", inbox_id=other, **mail)
    )
    assert await shown(spine) == 1
    async with spine.db.connection() as on:
        days = await reconcile(on, datetime.now(UTC) - timedelta(days=1))
    assert [day.missing for day in days] == [0, 0]


async def test_what_is_moved_in_is_not_judged(spine: Spine) -> None:
    await spine.take_in(spine.signal(suspicion=WHY, is_past=True))
    assert await lying(spine) == []


async def test_our_own_mail_and_readings_are_not_judged(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal())
    await rule(spine, "ioanna@mail.example", is_trusted=False)
    await spine.edge.add_reading(Reading(signal_id, "look", attested={"dkim": "pass"}))
    await drain(spine.worker())
    assert await lying(spine) == []
    assert await shown(spine) == 1


SPAM = "Cheap bitcoin lottery number {}: claim your wonderful casino bonus with this secret invoice now"
HAM = "Hello, my parcel with the blue lamp, order {}, has not arrived at my house yet, where is it please"


def mails(unwanted: int, wanted: int) -> list[tuple[str, bool]]:
    return [(SPAM.format(n), True) for n in range(unwanted)] + [(HAM.format(n), False) for n in range(wanted)]


async def test_an_inbox_learns_suspects_strangers_and_acquits(spine: Spine) -> None:
    await teach(spine, mails(20, 19))
    await spine.take_in(spine.signal("x@new.example", SPAM.format("x")))
    assert await spine.value("select count(*) from interaction where text like 'Cheap%x:%'") == 1, "too early"
    before = {one.id for one in await lying(spine)}
    await teach(spine, [(HAM.format(20), False)])
    await spine.take_in(
        spine.signal("stranger@new.example", SPAM.format("y")),
        spine.signal("kind@new.example", HAM.format("z"), suspicion=WHY),
        spine.signal("worse@new.example", SPAM.format("w"), suspicion=WHY),
    )
    found = {one.sender_value: one.reason for one in await lying(spine) if one.id not in before}
    assert set(found) == {"stranger@new.example", "worse@new.example"}
    assert found["stranger@new.example"].startswith(
        "It is like the 20 that were marked as unwanted in this inbox: “"
    )
    assert found["worse@new.example"] == WHY


async def test_one_who_wrote_before_is_not_suspected_by_likeness(spine: Spine) -> None:
    await spine.take_in(spine.signal("anna@mail.example", "Hello"))
    await teach(spine, mails(20, 20))
    await spine.take_in(spine.signal("anna@mail.example", SPAM.format("x")))
    assert [one for one in await lying(spine) if not one.was_shown] == []


@pytest.mark.parametrize("kind", [Kind.AUTO_REPLY, Kind.LIST, Kind.BOUNCE])
async def test_machines_are_held_as_people_are(spine: Spine, kind: Kind) -> None:
    signal: Signal = spine.signal("win@big.example", kind=kind, suspicion=WHY)
    await spine.take_in(signal)
    assert len(await lying(spine)) == 1
