"""The one path: identify, thread, understand, route, show."""

import asyncio
from datetime import UTC, datetime

import pytest

from doorstep.conversations import change, tag_of
from doorstep.conversations.change import Verb
from doorstep.kernel import Address, AddressKind, Kind, Reading, Signal
from doorstep.routing import waiting
from doorstep.spine import drain
from tests.spine.conftest import Spine


async def test_a_first_mail_makes_a_customer_a_matter_and_an_event(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal(subject="Re: AW: My parcel", text="It is late."))
    (row,) = await spine.rows(
        "select i.id, i.text, c.matter, c.state, c.unread, c.interactions, "
        "c.due_at - i.received_at as within, customer.name, s.evidence "
        "from interaction i join conversation c on c.id = i.conversation_id "
        "join customer on customer.id = i.customer_id join identity s on s.id = i.identity_id"
    )
    assert row["id"] == signal_id
    assert (row["matter"], row["name"], row["text"]) == ("My parcel", "Ioanna", "It is late.")
    assert (row["state"], row["unread"], row["interactions"], row["evidence"]) == (
        "open",
        True,
        1,
        "unverified",
    )
    assert str(row["within"]) == "4:00:00"
    (event,) = await spine.rows("select kind, subject_id from outbox")
    assert event == {"kind": "signal.shown", "subject_id": signal_id}
    assert await spine.value("select count(*) from work") == 0


async def test_an_answer_joins_by_the_names_it_carries(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<unknown@x>", "<a@x>")))
    assert await spine.value("select count(*) from conversation") == 1
    assert await spine.value("select interactions from conversation") == 2


async def test_an_answer_that_overtakes_its_root_is_joined_when_the_root_comes(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",)))
    await spine.take_in(spine.signal(message_id="<a@x>"))
    assert await spine.value("select count(*) from conversation") == 1


async def test_root_and_answer_in_one_batch_join_in_either_order(spine: Spine) -> None:
    root, answer = spine.signal(message_id="<a@x>"), spine.signal(message_id="<b@x>", references=("<a@x>",))
    await spine.take_in(answer, root)
    assert await spine.value("select count(*) from conversation") == 1


async def test_two_answers_to_one_unseen_mail_are_one_matter(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",)))
    await spine.take_in(spine.signal(message_id="<c@x>", references=("<a@x>",)))
    assert await spine.value("select count(*) from conversation") == 1


async def test_two_people_who_answer_one_newsletter_stay_two(spine: Spine) -> None:
    def answer(who: str) -> Signal:
        return spine.signal(f"{who}@mail.example", message_id=f"<{who}@x>", references=("<news@list>",))

    await spine.take_in(answer("ana"), answer("ben"))
    await spine.take_in(answer("cem"))
    await spine.take_in(spine.signal("list@mail.example", message_id="<news@list>", kind=Kind.LIST))
    stories = await spine.rows("select customer_id, count(*) from interaction group by 1")
    assert [s["count"] for s in stories] == [1, 1, 1, 1]


async def test_the_same_subject_alone_joins_nothing(spine: Spine) -> None:
    await spine.take_in(spine.signal(subject="Hello"), spine.signal(subject="Re: Hello"))
    assert await spine.value("select count(*) from conversation") == 2


async def test_our_token_goes_before_the_names_of_others(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    first = await spine.value("select id from conversation")
    await spine.take_in(spine.signal(message_id="<other@x>"))
    token = await spine.token(first)
    await spine.take_in(spine.signal(message_id="<c@x>", references=("<other@x>",), token=token.upper()))
    counts = await spine.rows("select id, interactions from conversation")
    assert {r["id"]: r["interactions"] for r in counts}[first] == 2


async def test_a_token_that_was_made_up_joins_nothing(spine: Spine) -> None:
    await spine.take_in(spine.signal())
    token = await spine.token(await spine.value("select id from conversation"))
    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x" * 35, "", "1" * 35, token + "a"):
        await spine.take_in(spine.signal("else@mail.example", token=forged))
    assert await spine.value("select count(*) from conversation") == 6


async def test_the_tag_in_a_subject_counts_from_somebody_who_takes_part(spine: Spine) -> None:
    await spine.take_in(spine.signal("ada@mail.example", subject="Where is it?"))
    tag = tag_of(await spine.value("select id from conversation"))
    await spine.take_in(spine.signal("ada@mail.example", subject=f"AW: Where is it? {tag.upper()}"))
    await spine.take_in(spine.signal("eve@mail.example", subject=f"Re: Where is it? {tag}"))
    counts = await spine.rows("select matter, interactions from conversation order by opened_at, id")
    assert [tuple(row.values()) for row in counts] == [("Where is it?", 2), ("Where is it?", 1)]


async def test_two_from_one_new_address_make_one_customer(spine: Spine) -> None:
    await spine.take_in(spine.signal(), spine.signal())
    assert await spine.value("select count(*) from customer") == 1


async def test_two_workers_with_one_new_address_make_one_customer(spine: Spine) -> None:
    lanes = [spine.signal(token=f"t{n}") for n in range(40)]
    await spine.accept(*lanes)
    await asyncio.gather(*(drain(spine.worker(batch=1)) for _ in range(4)))
    assert await spine.value("select count(*) from interaction") == 40
    assert await spine.value("select count(*) from customer") == 1
    assert await spine.value("select count(*) from identity") == 1


async def test_a_new_message_wakes_a_resolved_matter_and_a_machine_does_not(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    async with spine.db.transaction() as tx:
        await tx.execute("update conversation set state = 'resolved', due_at = null")
    await spine.take_in(spine.signal(references=("<a@x>",), kind=Kind.AUTO_REPLY))
    assert await spine.value("select state from conversation") == "resolved"
    await spine.take_in(spine.signal(references=("<a@x>",)))
    assert await spine.value("select state from conversation") == "open"
    assert await spine.value("select sum(waiting) from queue_delta") == 2


async def test_html_is_stored_clean(spine: Spine) -> None:
    await spine.take_in(spine.signal(html='<p onclick="x()">Hi<script>y()</script></p>'))
    html = str(await spine.value("select html from interaction"))
    assert "Hi" in html
    assert "script" not in html
    assert "onclick" not in html


async def test_what_was_moved_in_from_the_past_waits_for_nobody(spine: Spine) -> None:
    await spine.take_in(
        spine.signal(message_id="<a@x>", is_past=True),
        spine.signal(message_id="<b@x>", references=("<a@x>",), is_past=True),
    )
    [row] = await spine.rows("select state, unread, due_at, interactions from conversation")
    assert tuple(row.values()) == ("resolved", False, None, 2)
    assert await spine.value("select coalesce(sum(waiting), 0) from queue_delta") == 0
    await spine.take_in(spine.signal(references=("<b@x>",)))
    [row] = await spine.rows("select state, unread, due_at is null, interactions from conversation")
    assert tuple(row.values()) == ("open", True, False, 3)


async def test_a_reading_gives_the_text(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal(text=""))
    await spine.edge.add_reading(Reading(signal_id, "ocr", text="Dear shop"))
    await drain(spine.worker())
    assert await spine.value("select text from interaction") == "Dear shop"
    assert await spine.value("select count(*) from conversation") == 1
    kinds = await spine.rows("select kind from outbox order by id")
    assert [k["kind"] for k in kinds] == ["signal.shown", "signal.read"]


async def test_what_was_newly_written_is_kept_beside_all_that_was_said(spine: Spine) -> None:
    whole = "Where is it?\n\n> It leaves today."
    (signal_id,) = await spine.take_in(spine.signal(subject="", text=whole, said="Where is it?"))
    [row] = await spine.rows("select i.text, i.said, c.matter from interaction i, conversation c")
    assert tuple(row.values()) == (whole, "Where is it?", "Where is it?")
    await spine.edge.add_reading(Reading(signal_id, "ocr", text="Read anew"))
    await drain(spine.worker())
    [row] = await spine.rows("select text, said from interaction")
    assert tuple(row.values()) == ("Read anew", "")


async def test_a_reading_that_tells_the_sender_moves_it_to_that_customer(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal("scanner@shop.example"))
    await spine.edge.add_reading(
        Reading(signal_id, "ocr", sender=Address(AddressKind.MAILBOX, "ana@mail.example"))
    )
    await drain(spine.worker())
    (row,) = await spine.rows(
        "select s.value, c.state, c.interactions, c.customer_id = i.customer_id as together "
        "from interaction i join identity s on s.id = i.identity_id "
        "join conversation c on c.id = i.conversation_id"
    )
    assert row == {"value": "ana@mail.example", "state": "open", "interactions": 1, "together": True}
    left = await spine.rows("select state, interactions from conversation where interactions = 0")
    assert left == [{"state": "resolved", "interactions": 0}]
    assert await spine.value("select sum(waiting) from queue_delta") == 1


async def test_two_of_a_batch_that_leave_one_conversation_are_both_gone_from_it(spine: Spine) -> None:
    first, second, third = await spine.take_in(*(spine.signal(references=("<news@list>",)) for _ in range(3)))
    assert await spine.rows("select interactions from conversation") == [{"interactions": 3}]
    eleni = Address(AddressKind.MAILBOX, "eleni@mail.example")
    for signal_id in (first, second):
        await spine.edge.add_reading(Reading(signal_id, "form", sender=eleni))
    await drain(spine.worker())
    (kept,) = await spine.rows(
        "select c.interactions, c.state from conversation c join interaction i on i.conversation_id = c.id "
        "where i.id = $1",
        third,
    )
    assert kept == {"interactions": 1, "state": "open"}
    await spine.edge.add_reading(Reading(third, "form", sender=eleni))
    await drain(spine.worker())
    unlike = (
        "select count(*) from conversation c where interactions <> "
        "(select count(*) from interaction i where i.conversation_id = c.id)"
    )
    assert await spine.value(unlike) == 0
    async with spine.db.connection() as on:
        said = await waiting(on)
    assert said == {
        spine.queue_id: await spine.value("select count(*) from conversation where state = 'open'")
    }


async def test_a_reading_that_was_replaced_while_it_waited_is_settled(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal(text=""))
    await spine.edge.add_reading(Reading(signal_id, "ocr", text="Deer shop"))
    await spine.edge.add_reading(Reading(signal_id, "ocr", text="Dear shop"))
    await drain(spine.worker())
    assert await spine.value("select text from interaction") == "Dear shop"
    assert await spine.value("select count(*) from work") == 0
    assert await spine.value("select count(*) from undelivered") == 0


async def test_readings_of_two_names_are_kept_together(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal(text=""))
    await spine.edge.add_reading(Reading(signal_id, "ocr", text="Dear shop"))
    await drain(spine.worker())
    await spine.edge.add_reading(Reading(signal_id, "signature", attested={"dkim": "pass"}))
    await drain(spine.worker())
    (row,) = await spine.rows("select text, convert_from(attested, 'UTF8') as attested from interaction")
    assert row == {"text": "Dear shop", "attested": '{"dkim":"pass"}'}


@pytest.mark.parametrize("verb", ["resolve", "wait"])
async def test_what_a_customer_reopens_is_promised_an_answer_again(spine: Spine, verb: Verb) -> None:
    me, conversation_id = await spine.hire(), await spine.opened(message_id="<a@x>")
    async with spine.db.transaction() as tx:
        await change(tx, conversation_id, verb, 0, me, datetime.now(UTC))
    assert await spine.value("select due_at from conversation") is None
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",)))
    (row,) = await spine.rows(
        "select c.state, c.due_at - i.received_at as within from conversation c, interaction i "
        "where i.message_id = '<b@x>'"
    )
    assert (row["state"], str(row["within"])) == ("open", "4:00:00")
