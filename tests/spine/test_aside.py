"""Our own mail is no customer's: one mail by two inboxes stands once, and we are nobody's customer."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from doorstep.desk.model import StoryPage
from doorstep.desk.view import story
from doorstep.kernel import Attachment, Reading, Signal, new_id
from doorstep.spine import drain
from doorstep.spine.claim import claim
from doorstep.spine.inbound import prepare, take_in
from doorstep.spine.model import Reconciled
from doorstep.spine.undelivered import reconcile, replay, undelivered
from tests.parts import Spine, until

WAITING = (
    "select count(*) from pg_stat_activity "
    "where datname = current_database() and wait_event_type = 'Lock' and query like 'COPY%'"
)


async def inbox(spine: Spine, address: str = "sales@shop.example") -> UUID:
    inbox_id = new_id()
    await spine.run(
        "insert into inbox (id, channel, name, address, queue_id) values ($1, 'memory', 'Sales', $2, $3)",
        *(inbox_id, address, spine.queue_id),
    )
    return inbox_id


async def one_mail(spine: Spine, **more: object) -> tuple[Signal, Signal]:
    """The same mail as both inboxes get it."""
    fields = {"message_id": "<a@x>", "subject": "Parcel", "text": "Where is it?"} | more
    return (
        spine.signal(**fields),  # type: ignore[arg-type]
        spine.signal(inbox_id=await inbox(spine), **fields),  # type: ignore[arg-type]
    )


async def balance(spine: Spine) -> list[Reconciled]:
    async with spine.db.connection() as on:
        return await reconcile(on, datetime.now(UTC) - timedelta(days=1))


async def stands_once(spine: Spine) -> None:
    """One line, both inboxes known, both arrivals seen and accounted for."""
    assert await spine.value("select count(*) from interaction") == 1
    assert await spine.rows("select interactions, state from conversation where interactions > 0") == [
        {"interactions": 1, "state": "open"}
    ]
    (copy,) = await spine.rows("select interaction_id, signal_id, inbox_id from copy")
    assert copy["interaction_id"] == await spine.value("select id from interaction")
    known = {copy["inbox_id"], await spine.value("select inbox_id from interaction")}
    assert len(known) == await spine.value("select count(distinct inbox_id) from seen") == 2
    assert [(r.accepted, r.shown, r.missing) for r in await balance(spine)] == [(1, 1, 0)] * 2
    assert await spine.value("select count(*) from work") == 0
    assert await spine.value("select sum(waiting) from queue_delta") == 1


@pytest.mark.parametrize("at_once", [True, False])
async def test_one_mail_by_two_inboxes_stands_once(spine: Spine, at_once: bool) -> None:
    first, second = await one_mail(spine)
    if at_once:
        await spine.take_in(first, second)
    else:
        await spine.take_in(first)
        await spine.take_in(second)
    await stands_once(spine)
    events = await spine.rows("select kind, subject_id from outbox order by id")
    assert [e["kind"] for e in events] == ["signal.shown", "signal.copied"]
    assert len({e["subject_id"] for e in events}) == 1


async def test_it_stands_once_when_two_workers_take_it_in_at_the_same_moment(spine: Spine) -> None:
    first, second = await one_mail(spine)
    await spine.run(
        "with c as (insert into customer (id) values (gen_random_uuid()) returning id) "
        "insert into identity (id, kind, value, customer_id, evidence) "
        "select id, 'mailbox', 'ioanna@mail.example', id, 'unverified' from c"
    )
    await spine.accept(first)
    mine = await claim(spine.db, owner := new_id(), 10)
    # The token puts the other arrival into another lane, so nothing holds it back.
    await spine.accept(Signal(**{f: getattr(second, f) for f in Signal.__struct_fields__} | {"token": "t"}))
    async with spine.db.probes.acquire() as on, on.transaction():
        await take_in(on, [prepare(c, c.signal or b"") for c in mine], owner)
        other = asyncio.create_task(drain(spine.worker()))
        await until(lambda: spine.value(WAITING))
    assert await other == 1
    await stands_once(spine)


async def test_the_story_names_the_other_inbox(spine: Spine) -> None:
    await spine.take_in(*await one_mail(spine))
    async with spine.db.connection() as on:
        customer_id = await on.fetchval("select id from customer")
        page = msgspec.json.decode(await story(on, customer_id, None), type=StoryPage)
    assert [entry.also_by for entry in page.entries] == [["Sales"]]


async def test_a_copy_does_not_wake_what_was_resolved(spine: Spine) -> None:
    first, second = await one_mail(spine)
    await spine.take_in(first)
    await spine.run("update conversation set state = 'resolved', unread = false")
    await spine.take_in(second)
    assert await spine.rows("select state, unread from conversation") == [
        {"state": "resolved", "unread": False}
    ]


async def test_of_two_in_one_batch_the_one_with_our_token_leads(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<root@x>"))
    token = await spine.token(await spine.value("select id from conversation"))
    first, second = await one_mail(spine)
    named = Signal(**{f: getattr(second, f) for f in Signal.__struct_fields__} | {"token": token})
    await spine.take_in(first, named)
    assert await spine.rows("select interactions from conversation") == [{"interactions": 2}]


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Something else"},
        {"subject": "Something else"},
        {"sender": "ben@mail.example"},
        {"attachments": (Attachment("p.png", "image/png", 9, "ab" * 32),)},
        {"message_id": ""},
    ],
)
async def test_what_only_has_the_same_name_loses_no_word(spine: Spine, other: dict[str, object]) -> None:
    first, _ = await one_mail(spine)
    fields = {"message_id": "<a@x>", "subject": "Parcel", "text": "Where is it?"} | other
    await spine.take_in(first, spine.signal(**fields))  # type: ignore[arg-type]
    assert await spine.value("select count(*) from interaction") == 2
    assert await spine.value("select count(*) from copy") == 0


async def test_a_reading_of_a_copy_changes_nothing(spine: Spine) -> None:
    _, copied = await spine.take_in(*await one_mail(spine))
    await spine.edge.add_reading(Reading(copied, "ocr", text="other words"))
    await drain(spine.worker())
    assert await spine.value("select text from interaction") == "Where is it?"
    await stands_once(spine)


@pytest.mark.parametrize(
    "sender", ["care@shop.example", "Care+x@Shop.example", "sales@shop.example", "care+a+b@shop.example"]
)
async def test_we_are_no_customer_and_what_belongs_nowhere_is_set_aside(spine: Spine, sender: str) -> None:
    await inbox(spine)
    (signal_id,) = await spine.take_in(spine.signal(sender, message_id="<own@x>"))
    assert await spine.value("select count(*) from customer") == 0
    async with spine.db.connection() as on:
        (left,) = await undelivered(on)
    assert (left.signal_id, left.inbox_id, left.channel) == (signal_id, spine.inbox_id, "memory")
    assert "from an inbox of ours" in left.error
    assert [(r.accepted, r.undelivered, r.missing) for r in await balance(spine)] == [(1, 1, 0)]


async def test_what_was_set_aside_can_be_sent_through_when_the_inbox_is_gone(spine: Spine) -> None:
    await inbox(spine)
    await spine.take_in(spine.signal("sales@shop.example"))
    await spine.run("delete from inbox where address = 'sales@shop.example'")
    async with spine.db.transaction() as tx:
        (left,) = await undelivered(tx)
        await replay(tx, left.id)
    await drain(spine.worker())
    assert await spine.value("select value from identity") == "sales@shop.example"


async def test_one_that_only_resembles_ours_is_a_customer(spine: Spine) -> None:
    await spine.take_in(
        spine.signal("careful@shop.example"),
        spine.signal("care@other.example"),
        spine.signal("@shop.example"),
    )
    assert await spine.value("select count(*) from customer") == 3


async def test_what_we_wrote_elsewhere_is_filed_as_ours_where_it_belongs(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    await spine.run("update conversation set state = 'resolved', unread = false")
    (ours,) = await spine.take_in(
        spine.signal("care@shop.example", "It is on its way.", message_id="<b@x>", references=("<a@x>",))
    )
    assert await spine.rows("select direction, identity_id, text from interaction where id = $1", ours) == [
        {"direction": "out", "identity_id": None, "text": "It is on its way."}
    ]
    assert await spine.rows("select state, unread, interactions from conversation") == [
        {"state": "resolved", "unread": False, "interactions": 2}
    ]
    assert await spine.value("select count(*) from customer") == 1
    assert [(r.accepted, r.shown, r.missing) for r in await balance(spine)] == [(2, 2, 0)]


async def test_ours_by_two_inboxes_stands_once_too(spine: Spine) -> None:
    await spine.take_in(spine.signal(message_id="<a@x>"))
    pair = await one_mail(spine, sender="care@shop.example", message_id="<b@x>", references=("<a@x>",))
    await spine.take_in(*pair)
    assert await spine.value("select interactions from conversation") == 2
    assert [r.missing for r in await balance(spine)] == [0, 0]


async def test_our_reply_that_comes_back_is_the_reply_that_stands_there(spine: Spine) -> None:
    conversation_id = await spine.opened(message_id="<a@x>")
    reply_id = new_id()
    await spine.run(
        "insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, "
        "happened_at, received_at, text, message_id) select $1, customer_id, id, inbox_id, channel, 'out', "
        "'message', now(), now(), 'Soon', '<reply@shop>' from conversation where id = $2",
        *(reply_id, conversation_id),
    )
    await spine.take_in(
        spine.signal("care@shop.example", message_id="<reply@shop>", inbox_id=await inbox(spine))
    )
    assert await spine.value("select count(*) from interaction") == 2
    assert await spine.value("select interaction_id from copy") == reply_id
    assert [r.missing for r in await balance(spine)] == [0, 0]
