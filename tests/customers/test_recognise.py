"""Recognise: a couple, a forger, a guest and a caller write; each finds their own story, or a question."""

from uuid import UUID

import msgspec
import pytest

from doorstep.commerce import take
from doorstep.kernel import Address, AddressKind, Reading
from tests.parts import Spine

OUR_MAILBOX = "meier@mail.example"


@pytest.fixture
async def couple(spine: Spine) -> dict[str, UUID]:
    """Two who share a mailbox, as the shop has them."""
    rows = [
        {"external_id": "a", "name": "Anna Meier", "mailbox": OUR_MAILBOX, "loyalty": "L1"},
        {"external_id": "p", "name": "Peter Meier", "mailbox": OUR_MAILBOX},
    ]
    async with spine.db.transaction() as tx:
        await take(tx, "customers", "shop", rows)
    found = await spine.rows("select external_id, customer_id from shop_customer")
    return {str(row["external_id"]): UUID(str(row["customer_id"])) for row in found}


async def whose(spine: Spine, name: str = "", **more: object) -> UUID:
    """Whose a mail of the couple's mailbox is."""
    sender = Address(AddressKind.MAILBOX, OUR_MAILBOX, name)
    signal = msgspec.structs.replace(spine.signal(text=str(more.pop("text", "Hello")), **more), sender=sender)
    (signal_id,) = await spine.take_in(signal)
    return UUID(str(await spine.value("select customer_id from interaction where id = $1", signal_id)))


async def test_the_name_beside_the_address_chooses(spine: Spine, couple: dict[str, UUID]) -> None:
    assert await whose(spine, "Anna Meier") == couple["a"]
    assert await whose(spine, "Peter Meier") == couple["p"]


async def test_the_name_it_is_signed_with_goes_before_the_one_beside(
    spine: Spine, couple: dict[str, UUID]
) -> None:
    assert await whose(spine, "Anna Meier", text="Where is it?\nRegards, Peter") == couple["p"]


async def test_without_a_name_it_is_a_question(spine: Spine, couple: dict[str, UUID]) -> None:
    asked = await whose(spine)
    assert asked not in couple.values()
    (row,) = await spine.rows("select is_question, customer_id from recognised")
    assert row == {"is_question": True, "customer_id": asked}


async def test_a_checked_loyalty_number_chooses(spine: Spine, couple: dict[str, UUID]) -> None:
    assert await whose(spine, attested={"loyalty_no": "L1"}) == couple["a"]


async def test_another_name_is_somebody_new_and_the_mailbox_is_shared_from_then_on(spine: Spine) -> None:
    await spine.take_in(
        msgspec.structs.replace(
            spine.signal(), sender=Address(AddressKind.MAILBOX, "f@x.example", "Eva Klein")
        )
    )
    await spine.take_in(
        msgspec.structs.replace(
            spine.signal(), sender=Address(AddressKind.MAILBOX, "f@x.example", "Tom Klein")
        )
    )
    assert await spine.value("select count(*) from customer") == 2
    assert await spine.value("select name from holder") == "Tom Klein"


async def test_a_forged_mail_answers_a_message_of_hers_and_lands_elsewhere(spine: Spine) -> None:
    (hers,) = await spine.take_in(spine.signal(message_id="<m@x>", attested={"dkim": "pass"}))
    (forged,) = await spine.take_in(spine.signal(references=("<m@x>",), attested={"dkim": "fail"}))
    one, other = await spine.rows(
        "select customer_id, conversation_id from interaction where id = any($1) order by id", [hers, forged]
    )
    assert one["customer_id"] != other["customer_id"]
    assert one["conversation_id"] != other["conversation_id"]


async def test_a_forger_is_not_taken_for_her_by_her_whole_name(spine: Spine) -> None:
    hers = Address(AddressKind.MAILBOX, "ioanna@mail.example", "Ioanna Petridou")
    await spine.take_in(msgspec.structs.replace(spine.signal(message_id="<m@x>"), sender=hers))
    forged = spine.signal(references=("<m@x>",), attested={"dkim": "fail"}, orders=("A-1",))
    await spine.take_in(msgspec.structs.replace(forged, sender=hers))
    assert await spine.value("select count(distinct customer_id) from identity") == 2


async def test_a_verdict_that_comes_later_takes_the_mail_out_of_her_story(spine: Spine) -> None:
    (hers,) = await spine.take_in(spine.signal(message_id="<m@x>", attested={"dkim": "pass"}))
    (forged,) = await spine.take_in(spine.signal(references=("<m@x>",), message_id="<n@x>"))
    await spine.edge.add_reading(Reading(forged, "look", attested={"dkim": "fail"}))
    await spine.worker().work()
    one, other = await spine.rows(
        "select i.customer_id, s.kind from interaction i join identity s on s.id = i.identity_id "
        "where i.id = any($1) order by i.id",
        [hers, forged],
    )
    assert one["customer_id"] != other["customer_id"]
    assert other["kind"] == "claimed"
    assert (
        await spine.value(
            "select interactions from conversation c where c.customer_id = $1", one["customer_id"]
        )
        == 1
    )


async def test_what_came_unverified_is_attested_when_it_is_vouched_for(spine: Spine) -> None:
    await spine.take_in(spine.signal())
    assert await spine.value("select evidence from identity") == "unverified"
    await spine.take_in(spine.signal(attested={"dkim": "pass"}))
    assert await spine.value("select evidence from identity where attested_at is not null") == "attested"


async def test_her_other_mailbox_answers_her_own_message(spine: Spine) -> None:
    await spine.take_in(spine.signal("ioanna.p@mail.example", message_id="<m@x>"))
    elsewhere = Address(AddressKind.MAILBOX, "elsewhere@mail.example", "Ioanna.P")
    await spine.take_in(msgspec.structs.replace(spine.signal(references=("<m@x>",)), sender=elsewhere))
    assert await spine.value("select count(distinct customer_id) from identity") == 1
    assert await spine.value("select count(*) from customer") == 1


async def visitor(spine: Spine, name: str, text: str = "Hello", mailbox: str = "") -> UUID:
    """Whose it is when somebody comes by the chat, and gives an e-mail address."""
    said = (Address(AddressKind.MAILBOX, mailbox),) if mailbox else ()
    signal = spine.signal(text=text, reply_to=said)
    sender = Address(AddressKind.VISITOR, f"v-{signal.external_id}", name)
    (signal_id,) = await spine.take_in(msgspec.structs.replace(signal, sender=sender))
    return UUID(str(await spine.value("select customer_id from interaction where id = $1", signal_id)))


async def test_the_mailbox_a_visitor_gives_leads_to_whoever_the_name_chooses(
    spine: Spine, couple: dict[str, UUID]
) -> None:
    assert await visitor(spine, "Peter Meier", mailbox=OUR_MAILBOX) == couple["p"]
    assert await visitor(spine, "Eva Klein", mailbox=OUR_MAILBOX) not in couple.values()


async def test_a_reply_to_beside_a_mailbox_leads_to_nobody(spine: Spine, couple: dict[str, UUID]) -> None:
    said = (Address(AddressKind.MAILBOX, OUR_MAILBOX),)
    stranger = Address(AddressKind.MAILBOX, "stranger@x.example", "Anna Meier")
    (signal_id,) = await spine.take_in(msgspec.structs.replace(spine.signal(reply_to=said), sender=stranger))
    whose_it_is = await spine.value("select customer_id from interaction where id = $1", signal_id)
    assert whose_it_is not in couple.values()


async def test_an_order_in_the_text_with_the_given_name_on_it_is_enough(
    spine: Spine, couple: dict[str, UUID]
) -> None:
    order = {"external_id": "o1", "order_no": "A-10081", "customer": "a", "placed_at": "2026-01-01T00:00:00Z"}
    bill = {"name": "Anna Meier"}
    money = {"currency": "EUR", "total_minor": 100, "lines": []}
    async with spine.db.transaction() as tx:
        await take(tx, "orders", "shop", [{**order, **money, "bill_to": bill, "ship_to": bill}])
    assert await visitor(spine, "", "My order number is A-10081.\n\nRegards, Anna") == couple["a"]
    assert await visitor(spine, "Peter Meier", "My order number is A-10081.") != couple["a"]
    assert await visitor(spine, "", "My order number is A-10081.") not in couple.values()
