"""Look: a conversation as it stands."""

import pytest

from doorstep.conversations import head_of, last_heard, look, names_in
from doorstep.kernel import Address, AddressKind, Kind, NotFound, new_id
from tests.parts import Spine


async def test_it_says_who_where_and_how_an_answer_would_go(spine: Spine) -> None:
    conversation_id = await spine.opened(subject="Parcel 17", message_id="<a@x>")
    async with spine.db.connection() as on:
        found = await look(on, conversation_id)
    assert (found.customer_name, found.inbox_name, found.inbox_address) == (
        "Ioanna",
        "Care",
        "care@shop.example",
    )
    assert (found.matter, found.state, found.unread, found.version) == ("Parcel 17", "open", True, 0)
    assert (found.channel, found.channels, found.agent_name) == ("memory", ["memory"], None)
    assert found.reply_within_s == 4 * 3600
    assert [a.value for a in found.reply.to] == ["ioanna@mail.example"]
    assert found.reply.subject == "Parcel 17"
    assert not hasattr(found, "token"), "the token lets one write into a conversation"


async def test_the_agent_is_named(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await spine.run("update conversation set agent_id = $1", me.agent_id)
    async with spine.db.connection() as on:
        assert (await look(on, conversation_id)).agent_name == "Maren"


async def test_names_come_newest_first(spine: Spine) -> None:
    conversation_id = await spine.opened(message_id="<a@x>")
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",)))
    async with spine.db.connection() as on:
        assert await names_in(on, conversation_id) == ("<b@x>", "<a@x>")


async def test_last_heard_is_the_customer_not_who_joined_later(spine: Spine) -> None:
    boss = Address(AddressKind.MAILBOX, "boss@mail.example")
    conversation_id = await spine.opened(message_id="<a@x>")
    second = spine.signal(text="And now?", message_id="<b@x>", references=("<a@x>",), cc=(boss,))
    await spine.take_in(second)
    await spine.take_in(spine.signal("carrier@parcels.example", "It burnt.", references=("<b@x>",)))
    async with spine.db.connection() as on:
        heard = await last_heard(on, conversation_id)
        reply = (await look(on, conversation_id)).reply
    assert heard is not None
    assert (heard.sender_value, heard.id) == (
        "ioanna@mail.example",
        await spine.value("select id from interaction where message_id = '<b@x>'"),
    )
    assert [a.value for a in reply.to] == ["ioanna@mail.example"]
    assert [a.value for a in reply.cc] == ["boss@mail.example"], "the carrier is not told"


async def test_somebody_else_is_heard_where_the_customer_said_nothing(spine: Spine) -> None:
    conversation_id = await spine.opened(message_id="<a@x>")
    await spine.take_in(spine.signal("carrier@parcels.example", "It burnt.", references=("<a@x>",)))
    await spine.run("delete from interaction where message_id = '<a@x>'")
    async with spine.db.connection() as on:
        heard = await last_heard(on, conversation_id)
    assert heard is not None
    assert heard.sender_value == "carrier@parcels.example"


async def test_the_customers_automatic_answer_does_not_hide_their_words_nor_let_another_in(
    spine: Spine,
) -> None:
    conversation_id = await spine.opened(message_id="<a@x>")
    await spine.take_in(spine.signal(kind=Kind.AUTO_REPLY, references=("<a@x>",), message_id="<b@x>"))
    await spine.take_in(spine.signal("carrier@parcels.example", "It burnt.", references=("<a@x>",)))
    async with spine.db.connection() as on:
        first = await last_heard(on, conversation_id)
        await on.execute("delete from interaction where message_id = '<a@x>'")
        then = await last_heard(on, conversation_id)
    assert first
    assert then
    assert await spine.value("select id from interaction where message_id = '<b@x>'") == then.id
    assert (first.id != then.id, first.sender_value) == (True, "ioanna@mail.example")


async def test_what_is_not_there_is_not_found(spine: Spine) -> None:
    async with spine.db.connection() as on:
        with pytest.raises(NotFound):
            await look(on, new_id())
        with pytest.raises(NotFound):
            await head_of(on, new_id())
        assert await last_heard(on, new_id()) is None
        assert await names_in(on, new_id()) == ()
