"""An address that cannot be one is refused when it is given, in words."""

from datetime import UTC, datetime

import pytest

from doorstep.channels.email.channel import CHANNEL
from doorstep.kernel import Address, AddressKind, Channel, Checks, Invalid, wrong_with
from doorstep.replies import NewReply
from doorstep.spine.inboxes import NewInbox, add_inbox
from doorstep.spine.outbound import answer
from doorstep.testing import MemoryChannel
from tests.parts import Spine


@pytest.mark.parametrize(
    "address",
    [
        "ana@mail.example",
        "ana+parcel@mail.example",
        "o'neil@sub.mail.example",
        "ana@münchen.example",
        "ana@xn--mnchen-3ya.example",
        "ana@[192.0.2.1]",
        "ana@[IPv6:2001:db8::1]",
    ],
)
def test_what_is_an_address_is_taken(address: str) -> None:
    assert CHANNEL.wrong_with(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "ana",
            "@mail.example",
            "ana@",
            "ana@mail",
            "ana@mail..example",
            "ana@.example",
            "ana@-a.example",
        ),
        *(
            "ana@mail .example",
            "ana@mail.example\r\nBcc: ben@x.example",
            "ana@mail.exa\0mple",
            "a b@mail.example",
        ),
        *("ana@mail.example>", "ana@mail,example", f"ana@{'a' * 64}.example", f"ana@{'a.' * 130}example"),
        *("ana@[", "ana@[a b]", "ana@mail.example/"),
    ],
)
def test_what_is_none_is_refused_in_words(address: str) -> None:
    assert "is no e-mail address" in CHANNEL.wrong_with(address)


def test_a_channel_that_checks_none_takes_all() -> None:
    channel: Channel = MemoryChannel()
    assert isinstance(CHANNEL, Checks)
    assert not isinstance(channel, Checks)
    assert wrong_with(channel, "anything") == ""


async def test_an_inbox_with_such_an_address_is_refused_at_once(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        with pytest.raises(Invalid, match="is no e-mail address"):
            await add_inbox(tx, {"email": CHANNEL}, NewInbox("email", "Care", "care@shop", "Care"), None)
    assert await spine.value("select count(*) from inbox") == 1


@pytest.mark.parametrize("field", ["to", "cc"])
async def test_a_reply_to_such_an_address_is_refused_at_once(spine: Spine, field: str) -> None:
    me = await spine.hire()
    await spine.run("update inbox set channel = 'email'")
    conversation_id = await spine.opened(channel="email")
    good = (Address(AddressKind.MAILBOX, "ana@mail.example"),)
    given = {"to": good, field: (Address(AddressKind.MAILBOX, "ben@mail example"),)}
    reply = NewReply("Soon.", **given)
    async with spine.db.transaction() as tx:
        with pytest.raises(Invalid, match="is no e-mail address"):
            await answer(tx, {"email": CHANNEL}, conversation_id, reply, me, datetime.now(UTC))
    assert await spine.value("select count(*) from job") == 0
