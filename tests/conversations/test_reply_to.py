"""Reply to: whoever was last heard, all who were in on it, and never ourselves."""

import msgspec
import pytest

from doorstep.conversations import LastHeard, reply_to
from doorstep.kernel import Address, AddressKind, new_id

OURS = "care@shop.example"
BOTH = {OURS, "orders@shop.example"}


def mailbox(value: str) -> Address:
    return Address(AddressKind.MAILBOX, value)


def heard(
    *, to: tuple[str, ...] = (), cc: tuple[str, ...] = (), sender: str | None = "ana@mail.example"
) -> LastHeard:
    recipients = msgspec.json.encode((tuple(map(mailbox, to)), tuple(map(mailbox, cc))))
    kind = "mailbox" if sender else None
    return LastHeard(new_id(), new_id(), "memory", "Re: Parcel", recipients, kind, sender, "Ana", new_id())


def test_it_goes_to_whoever_was_heard_under_their_subject() -> None:
    reply = reply_to(heard(to=(OURS,)), {OURS}, "Parcel")
    assert reply.to == (Address(AddressKind.MAILBOX, "ana@mail.example", "Ana"),)
    assert (reply.cc, reply.subject) == ((), "Re: Parcel")


def test_all_others_are_kept_in_copy_once() -> None:
    reply = reply_to(
        heard(to=(OURS, "ben@x.example"), cc=("cem@x.example", "ben@x.example", "ana@mail.example")),
        {OURS},
        "Parcel",
    )
    assert [a.value for a in reply.cc] == ["ben@x.example", "cem@x.example"]


@pytest.mark.parametrize("own", ["care@shop.example", "Care@Shop.example", "care+uk@shop.example"])
@pytest.mark.parametrize("token", ["", "+0123456789abcdef0123"])
def test_we_are_never_in_copy_whatever_token_our_address_carries(own: str, token: str) -> None:
    local, _, domain = own.lower().partition("@")
    reply = reply_to(
        heard(to=(f"{local}{token}@{domain}",), cc=(f"{local}{token}@{domain}",)), {own}, "Parcel"
    )
    assert reply.cc == ()


@pytest.mark.parametrize(
    "other", ["careful@shop.example", "care@other.example", "care", "uk+care@shop.example", "@shop.example"]
)
def test_an_address_that_only_resembles_ours_is_somebody_else(other: str) -> None:
    assert [a.value for a in reply_to(heard(cc=(other,)), {OURS}, "Parcel").cc] == [other]


def test_when_nobody_was_heard_nobody_is_written_to() -> None:
    assert reply_to(None, {OURS}, "Parcel").to == ()
    assert reply_to(heard(sender=None), {OURS}, "Parcel").to == ()
    assert reply_to(None, {OURS}, "Parcel").subject == "Parcel"


@pytest.mark.parametrize("sender", [OURS, "care+token@shop.example"])
def test_it_never_goes_to_ourselves_though_we_were_heard_last(sender: str) -> None:
    reply = reply_to(heard(sender=sender, to=("orders@shop.example", "ana@mail.example")), BOTH, "Parcel")
    assert reply.to == ()
    assert [a.value for a in reply.cc] == ["ana@mail.example"]


def test_recipients_that_were_never_stored_are_none() -> None:
    bare = msgspec.structs.replace(heard(), recipients=b"[]")
    assert reply_to(bare, {OURS}, "Parcel").cc == ()


def test_another_inbox_of_ours_is_never_in_copy() -> None:
    reply = reply_to(heard(to=(OURS,), cc=("orders@shop.example",)), {OURS, "orders@shop.example"}, "Parcel")
    assert reply.cc == ()
