"""Look: a conversation as it stands."""

import pytest

from doorstep.conversations import head_of, last_heard, look, names_in
from doorstep.kernel import NotFound, new_id
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


async def test_names_come_newest_first_and_the_last_heard_is_the_last(spine: Spine) -> None:
    conversation_id = await spine.opened(message_id="<a@x>")
    await spine.take_in(spine.signal(message_id="<b@x>", references=("<a@x>",), sender="ben@mail.example"))
    await spine.take_in(spine.signal(references=("<b@x>",), sender="cem@mail.example"))
    async with spine.db.connection() as on:
        assert await names_in(on, conversation_id) == ("<b@x>", "<a@x>")
        heard = await last_heard(on, conversation_id)
    assert heard is not None
    assert heard.sender_value == "cem@mail.example"


async def test_what_is_not_there_is_not_found(spine: Spine) -> None:
    async with spine.db.connection() as on:
        with pytest.raises(NotFound):
            await look(on, new_id())
        with pytest.raises(NotFound):
            await head_of(on, new_id())
        assert await last_heard(on, new_id()) is None
        assert await names_in(on, new_id()) == ()
