"""A mail becomes a signal: who, to whom, when, and the same mail is the same mail again."""

import pytest

from doorstep.kernel import Inbox, Invalid, new_id
from tests.channels.email.mails import INBOX, NOON, mail, multipart, read, read_all


def test_the_same_mail_by_another_way_is_the_same() -> None:
    once = read(mail("Hello\r\n"))
    traced = b"Received: from a by b; Mon, 02 Mar 2026 10:00:01 +0000\r\nDelivered-To: support@shop.test\r\n"
    marked = b"X-Spam-Score: 3\r\nAuthentication-Results: mx; dkim=pass\r\nDKIM-Signature: v=1; b=abc\r\n"
    again = read(traced + marked + mail("Hello\r\n"))
    unix = read(mail("Hello\r\n").replace(b"\r\n", b"\n"))
    coded = read(mail("SGVsbG8=", Content_Transfer_Encoding="base64"))
    assert {signal.external_id for signal in (again, unix, coded)} == {once.external_id}


def test_another_mail_under_the_same_name_is_another() -> None:
    assert read(mail("Hello")).external_id != read(mail("Goodbye")).external_id
    assert read(mail("Hello")).external_id != read(mail("Hello", Subject="New")).external_id


def test_a_mail_without_a_name_is_given_one_that_stays() -> None:
    nameless = mail("Hello", Message_ID="")
    signal = read(nameless)
    assert signal.message_id.endswith("@no-message-id.invalid>")
    assert read(b"Received: x\r\n" + nameless).message_id == signal.message_id
    assert read(mail("Other", Message_ID="")).message_id != signal.message_id


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"From": "Ada <Ada@Example.test>"}, "ada@example.test"),
        ({"From": "", "Sender": "desk@example.test"}, "desk@example.test"),
        ({"From": "nobody", "Reply-To": "ada@example.test"}, "ada@example.test"),
        ({"From": "", "Return-Path": "<ada@example.test>"}, "ada@example.test"),
    ],
)
def test_the_sender_is_found(headers: dict[str, str], sender: str) -> None:
    assert read(mail(**headers)).sender.value == sender


def test_the_envelope_knows_the_sender_when_the_mail_does_not() -> None:
    assert read(mail(From=""), {"sender": "ada@example.test"}).sender.value == "ada@example.test"


def test_two_mails_from_nobody_are_not_from_one_person() -> None:
    one, other = read(mail("a", From="")), read(mail("b", From=""))
    assert one.sender.value.endswith("@no-sender.invalid")
    assert one.sender.value != other.sender.value


@pytest.mark.parametrize(
    ("said", "happened"),
    [
        ("Mon, 02 Mar 2026 11:30:00 +0100", "2026-03-02T10:30:00+00:00"),
        ("2 Mar 2026 10:30 GMT", "2026-03-02T10:30:00+00:00"),
        ("Sat, 28 Feb 2026 10:30:00 -0000", "2026-02-28T10:30:00+00:00"),
        ("Mon, 02 Mar 2026 12:05:00 +0000", NOON.isoformat()),
        ("Tue, 03 Mar 2026 12:00:00 +0000", NOON.isoformat()),
        ("Thu, 01 Jan 1970 00:00:00 +0000", NOON.isoformat()),
        ("Mon, 99 Mar 2026 10:00:00", NOON.isoformat()),
        ("Mon, 02 Mar 99999 10:00:00 +9999", NOON.isoformat()),
        ("yesterday", NOON.isoformat()),
        ("", NOON.isoformat()),
    ],
)
def test_it_happened_when_it_was_written_if_that_can_be(said: str, happened: str) -> None:
    assert read(mail(Date=said)).happened_at.isoformat() == happened


def test_recipients_are_kept_apart() -> None:
    signal = read(mail(To="Shop <support@shop.test>, b@x.test", Cc="C <c@x.test>"))
    assert [address.value for address in signal.to] == ["support@shop.test", "b@x.test"]
    assert [(address.value, address.name) for address in signal.cc] == [("c@x.test", "C")]


def test_only_our_own_server_vouches_for_anything() -> None:
    forged = mail(Authentication_Results="mx.shop.test; dkim=pass", Received_SPF="pass")
    assert read(forged).attested == {}
    assert read(forged, {"client_ip": "192.0.2.9"}).attested == {"client_ip": "192.0.2.9"}


def test_nothing_and_far_too_much_are_refused() -> None:
    with pytest.raises(Invalid, match="empty"):
        read(b"\r\n \r\n")
    with pytest.raises(Invalid, match="67,108,865 bytes"):
        read(b"x" * (64 * 1024 * 1024 + 1))


def test_the_channel_of_a_signal_is_its_inbox_s() -> None:
    inbox = Inbox(new_id(), "email", "Other", "other@shop.test")
    signal = read(mail(), inbox=inbox)
    assert (signal.inbox_id, signal.channel) == (inbox.id, INBOX.channel)


def test_what_is_said_stays_what_was_sent() -> None:
    raw = multipart("Content-Type: text/plain\r\n\r\nHello", Subject="a\r\n b")
    parsed = read_all(raw)
    assert (parsed.arrival.raw, parsed.arrival.signal.subject) == (raw, "a b")


def test_answers_go_where_the_sender_asks() -> None:
    signal = read(mail(Reply_To="Ada at home <ada@home.test>, b@x.test"))
    assert [(a.name, a.value) for a in signal.reply_to] == [
        ("Ada at home", "ada@home.test"),
        ("", "b@x.test"),
    ]
    assert read(mail(Reply_To="Ada <ADA@example.test>")).reply_to == ()
    assert read(mail()).reply_to == ()
