"""Every statement of the spine goes by index, on tables of 100,000 rows that nobody has analysed."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest

from doorstep.conversations import tag_of
from doorstep.customers import merge
from doorstep.kernel import Address, AddressKind, Attachment, Reading
from doorstep.spine import drain
from doorstep.store import opened
from tests.spine.conftest import Spine

ROWS = 100_000
IOANNA = Address(AddressKind.MAILBOX, "elsewhere@mail.example", "Ioanna")
FILL = Path(__file__).with_name("fill.sql")


@pytest.fixture
async def full(spine: Spine) -> Spine:
    """The spine, its tables full, and without statistics."""
    async with spine.db.connection() as on:
        await on.execute(FILL.read_text())
        assert await on.fetchval("select count(*) from pg_stats where tablename = 'interaction'") == 0
    return spine


async def test_no_statement_reads_a_table_from_end_to_end(full: Spine) -> None:
    seen: dict[str, tuple[object, ...]] = {}

    def note(query: asyncpg.connection.LoggedQuery) -> None:
        if not query.query.startswith(
            ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT pg_adv")
        ):
            seen.setdefault(query.query, tuple(query.args))

    async with opened(full.db.url) as db:
        watched = Spine(db, full.bus, full.edge, full.inbox_id, full.queue_id)
        async with db.probes.acquire() as on, db.probes.acquire() as other:
            on.add_query_logger(note)
            other.add_query_logger(note)
        await go_every_way(watched)
        async with db.probes.acquire() as on:
            plans = {query: await plan(on, query, values) for query, values in list(seen.items())}
    assert len(plans) >= 19, "not every way was gone"
    scanned = {query: text for query, text in plans.items() if "Seq Scan" in text}
    assert not scanned, "\n\n".join(f"{query}\n{text}" for query, text in scanned.items())


async def go_every_way(spine: Spine) -> None:
    """A new mail and its copy, an answer by name, one by token, one that came too early, two of our own,
    one that is held back, an attachment, a reading; and of merged people one that goes on in the other's
    matter, one that several matters fit, and an answer within what is joined.
    """
    some = await spine.value("select id from conversation limit 1")
    picture = Attachment("p.png", "image/png", 9, "ab" * 32)
    accepted = await spine.accept(
        spine.signal(message_id="<a@x>", attachments=(picture,)),
        spine.signal(message_id="<b@x>", references=("<m1@bench>", "<gone@x>")),
        spine.signal("b@mail.example", message_id="<d@x>", references=("<nobody@x>",)),
        spine.signal("c@mail.example", token=await spine.token(some)),
        spine.signal("d@mail.example", subject=f"Re: {tag_of(UUID(str(some)))}"),
        spine.signal("care@shop.example", message_id="<own@x>", references=("<a@x>",)),
        spine.signal("e@mail.example", suspicion="It says so itself."),
        spine.signal("care+x@shop.example", message_id="<nowhere@x>"),
    )
    await drain(spine.worker())
    await spine.accept(spine.signal(message_id="<a@x>", attachments=(picture,)))
    await drain(spine.worker())
    await spine.edge.add_reading(Reading(accepted.ids[0], "ocr", text="read"))
    await drain(spine.worker())
    await go_on(spine)
    await spine.accept(
        spine.signal("info@firm.example", orders=("A-1",), references=("<a@x>",)),
        spine.signal("p7@bench.example", attested={"account": "acc", "device_id": "d", "card_seen": "c"}),
        msgspec.structs.replace(spine.signal(references=("<a@x>",)), sender=IOANNA),
    )
    await drain(spine.worker())


async def go_on(spine: Spine) -> None:
    """What names no thread, of people who are merged."""
    await spine.take_in(spine.signal("j@mail.example", text="Order 77001", message_id="<j@x>"))
    await spine.take_in(spine.signal("k@mail.example", text="Another matter", message_id="<k@x>"))
    await spine.run(
        "update conversation set state = 'resolved' from interaction i "
        "where i.conversation_id = conversation.id and i.message_id = '<k@x>'"
    )
    ids = [
        UUID(
            str(
                await spine.value("select customer_id from identity where value = $1", f"{name}@mail.example")
            )
        )
        for name in "jk"
    ]
    async with spine.db.transaction() as tx:
        await merge(tx, ids[0], ids[1], "agent", [], None, datetime.now(UTC))
    await spine.take_in(spine.signal("k@mail.example", channel="sms", text="Any news of order 77001?"))
    assert await spine.value("select count(*) from conversation where is_joined") == 1
    await spine.take_in(spine.signal("j@mail.example", message_id="<l@x>", references=("<j@x>",)))
    await spine.take_in(spine.signal("j@mail.example", message_id="<m@x>"))
    await spine.take_in(spine.signal("j@mail.example", channel="fax"))
    assert await spine.value("select count(*) from matter_question") == 1


async def plan(on: asyncpg.pool.PoolConnectionProxy, query: str, values: tuple[object, ...]) -> str:  # type: ignore[type-arg]
    rows = await on.fetch(f"explain {query}", *values)
    return "\n".join(row[0] for row in rows)
