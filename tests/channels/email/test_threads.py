"""Where a mail belongs."""

import pytest

from doorstep.channels.email.threads import LONGEST_ID, MOST_REFERENCES, message_ids
from doorstep.kernel import Inbox
from tests.channels.email.mails import INBOX, mail, read


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x>", ["<a@x>"]),
        ("<a@x> <b@x>", ["<a@x>", "<b@x>"]),
        ("a@x", ["<a@x>"]),
        ("Your message of Monday <a@x>", ["<a@x>"]),
        ("<a\r\n @x>", ["<a@x>"]),
        ("<>", []),
        ("< >", []),
        ("", []),
        ("two words", []),
    ],
)
def test_names_in_a_header(value: str, ids: list[str]) -> None:
    assert message_ids(value) == ids


def test_a_monstrous_name_is_shortened_the_same_way_each_time() -> None:
    (name,) = message_ids(f"<{'x' * 1_500}@x>")
    assert len(name) <= LONGEST_ID
    assert message_ids(f"<{'x' * 1_500}@x>") == [name]
    assert message_ids(f"<{'x' * 1_501}@x>") != [name]


def test_the_nearest_comes_first() -> None:
    signal = read(mail(In_Reply_To="<c@x>", References="<a@x> <b@x> <c@x>"))
    assert signal.references == ("<c@x>", "<b@x>", "<a@x>")
    assert read(mail(References="<a@x> <b@x>")).references == ("<b@x>", "<a@x>")


def test_a_thread_of_thousands_is_cut_at_its_far_end() -> None:
    signal = read(mail(References=" ".join(f"<{n}@x>" for n in range(3_000))))
    assert len(signal.references) == MOST_REFERENCES
    assert signal.references[0] == "<2999@x>"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Your message of Monday <a@x>", ("<a@x>",)),
        ("<a@x>,<b@x>", ("<a@x>", "<b@x>")),
        ("a@x", ("<a@x>",)),
        ("a@x, b@x", ("<a@x>", "<b@x>")),
        ("=?utf-8?q?=3Ca=40x=3E?=", ("<a@x>",)),
        ("<a@\r\n x>", ("<a@x>",)),
        ("the letter of ada@x", ()),
        ("<>", ()),
        ("", ()),
    ],
)
def test_odd_ways_to_say_what_is_answered(said: str, names: tuple[str, ...]) -> None:
    assert read(mail(In_Reply_To=said)).references == names


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"To": "Shop <support+k7d2m9q4@shop.test>"}, "k7d2m9q4"),
        ({"To": "x@y.test", "Cc": "SUPPORT+k7d2m9q4@SHOP.test"}, "k7d2m9q4"),
        ({"Delivered-To": "support+k7d2m9q4@shop.test"}, "k7d2m9q4"),
        ({"X-Original-To": "support+k7d2m9q4@shop.test"}, "k7d2m9q4"),
        ({"To": "support@shop.test"}, ""),
        ({"To": "support+k7d2m9q4@other.test"}, ""),
        ({"To": "sales+k7d2m9q4@shop.test"}, ""),
        ({"To": "support+@shop.test"}, ""),
        ({"To": f"support+{'x' * 65}@shop.test"}, ""),
        ({"Reply-To": "support+k7d2m9q4@shop.test"}, ""),
    ],
)
def test_a_token_stands_behind_the_plus_of_our_address(headers: dict[str, str], token: str) -> None:
    assert read(mail(**headers)).token == token


def test_the_envelope_comes_before_the_headers() -> None:
    raw = mail(To="support+old@shop.test")
    assert read(raw, {"recipient": "support+new@shop.test"}).token == "new"


def test_an_inbox_may_have_a_plus_itself() -> None:
    inbox = Inbox(INBOX.id, "email", "DE", "support+de@shop.test")
    assert read(mail(To="support+de@shop.test"), inbox=inbox).token == ""
    assert read(mail(To="support+de+k7@shop.test"), inbox=inbox).token == "k7"
