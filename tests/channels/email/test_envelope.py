"""The server of the sender: the first that is not ours, told by ours alone."""

from doorstep.channels.email.envelope import Envelope, envelope_of
from doorstep.channels.email.headers import read
from doorstep.channels.email.relays import networks

OURS = networks("127.0.0.1 9.9.9.0/24")


def by(ip: str, helo: str = "mx.a.test") -> str:
    return f"Received: from {helo} (unknown [{ip}])\r\n\tby our.test (Postfix) with ESMTP id 1\r\n"


def found(*lines: str, client: str = "", sender: str = "ann@a.test", relays: bool = True) -> Envelope | None:
    raw = ("".join(lines) + "Subject: Hi\r\n\r\nHello\r\n").encode()
    seen = {"client_ip": client, "helo": "handed.test", "mail_from": sender} if client else {}
    return envelope_of(seen, read(raw, 0, len(raw))[0], OURS if relays else ())


def test_a_client_of_the_door_that_is_not_ours_is_the_sender_s() -> None:
    assert found(by("8.8.4.4"), client="8.8.8.8") == Envelope("8.8.8.8", "ann@a.test", "handed.test")
    assert found(client="2606:4700::1") == Envelope("2606:4700::1", "ann@a.test", "handed.test")
    assert found(by("9.9.9.9"), client="8.8.8.8", relays=False) is not None


def test_a_relay_says_whom_it_had_it_from() -> None:
    sent = Envelope("8.8.8.8", "ann@a.test", "mx.a.test")
    assert found(by("8.8.8.8"), client="127.0.0.1") == sent
    assert found(by("8.8.8.8"), by("8.8.4.4", "forged.test"), client="127.0.0.1") == sent
    assert found(by("127.0.0.1"), by("9.9.9.1"), by("8.8.8.8"), client="9.9.9.9") == sent
    assert found(by("8.8.8.8"), by("9.9.9.1"), by("8.8.4.4"), client="127.0.0.1") == sent


def test_what_none_of_ours_wrote_is_not_believed() -> None:
    assert found(by("8.8.8.8"), client="127.0.0.1", relays=False) is None
    assert found(by("8.8.8.8"), client="10.0.0.3") is None
    assert found(client="127.0.0.1") is None
    assert found("Received: by our.test\r\n", by("8.8.8.8"), client="127.0.0.1") is None
    assert found(by("10.0.0.4"), by("8.8.8.8"), client="127.0.0.1") is None
    assert found(*[by("127.0.0.1")] * 50, by("8.8.8.8"), client="127.0.0.1") is None


def test_what_was_taken_before_the_door_kept_it_says_nothing() -> None:
    headers, _ = read(b"Subject: Hi\r\n\r\n", 0, 15)
    assert envelope_of({"client_ip": "8.8.8.8"}, headers, OURS) is None


def test_of_what_is_fetched_the_mailbox_s_server_must_have_had_it_from_a_relay() -> None:
    path = "Return-Path: <ann@a.test>\r\n"
    assert found(path, by("9.9.9.9"), by("8.8.8.8")) == Envelope("8.8.8.8", "ann@a.test", "mx.a.test")
    assert found("Return-Path: <>\r\n", by("9.9.9.9"), by("8.8.8.8")) == Envelope("8.8.8.8", "", "mx.a.test")
    assert found(path, by("8.8.8.8"), by("9.9.9.9")) is None
    assert found(path, by("9.9.9.9"), by("8.8.8.8"), relays=False) is None
    assert found(by("9.9.9.9"), path, by("8.8.8.8")) is None
    assert found(path) is None


def test_a_bounce_is_its_server_s() -> None:
    bounce = found(by("8.8.8.8", "MX.A.test."), client="127.0.0.1", sender="")
    assert bounce
    assert bounce.domain == "mx.a.test"
