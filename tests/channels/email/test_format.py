"""A reply as a mail: right headers, and no way to smuggle one in."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.channels.email.format import MOST_REFERENCES, format
from doorstep.kernel import Address, AddressKind, Attachment, Inbox, Invalid, Outgoing
from tests.channels.email.mails import INBOX, read

ADA = Address(AddressKind.MAILBOX, "ada@example.test", "Ada Lovelace")


def a_reply(**fields: Any) -> Outgoing:
    usual: dict[str, Any] = {
        "id": UUID("0195551c-0000-7000-8000-000000000001"),
        "inbox": INBOX,
        "to": (ADA,),
        "subject": "Re: Where is order 10482?",
        "text": "It is on its way.",
        "written_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
    }
    return Outgoing(**(usual | fields))


def strictly(raw: bytes) -> EmailMessage:
    """Read by the standard library, which must find nothing to complain of."""
    message = email.message_from_bytes(raw, policy=email.policy.default.clone(raise_on_defect=True))
    assert isinstance(message, EmailMessage)
    return message


def test_has_the_headers_a_mail_should_have() -> None:
    message = strictly(format(a_reply(token="k7d2m9q4", references=("<b@x>", "<a@x>")), {}))
    assert {name.lower(): str(value) for name, value in message.items()} == {
        "from": "Shop <support@shop.test>",
        "to": "Ada Lovelace <ada@example.test>",
        "reply-to": "Shop <support+k7d2m9q4@shop.test>",
        "subject": "Re: Where is order 10482?",
        "date": "Mon, 02 Mar 2026 12:00:00 +0000",
        "message-id": "<0195551c-0000-7000-8000-000000000001@shop.test>",
        "in-reply-to": "<b@x>",
        "references": "<a@x> <b@x>",
        "mime-version": "1.0",
        "content-type": 'text/plain; charset="utf-8"',
        "content-transfer-encoding": "7bit",
    }


def test_text_and_html_and_files() -> None:
    file = Attachment("Größe \r\nX-Evil: 1.png", "image/png", 3, "a" * 64)
    raw = format(a_reply(html="<p>It is <b>on</b> its way.</p>", attachments=(file,)), {"a" * 64: b"PNG"})
    message = strictly(raw)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
    ]
    assert "x-evil" not in {name.lower() for part in message.walk() for name in part.keys()}  # noqa: SIM118
    assert next(message.iter_attachments()).get_filename() == "Größe X-Evil 1.png"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada", "Ada <ada@example.test>"),
        ("Lovelace, Ada", '"Lovelace, Ada" <ada@example.test>'),
        ('Ada "Q" \\ L', '"Ada \\"Q\\" \\\\ L" <ada@example.test>'),
        ("", "ada@example.test"),
        ("Ada\r\nBcc: evil@example.test", '"Ada Bcc: evil@example.test" <ada@example.test>'),
    ],
)
def test_names_are_quoted(name: str, written: str) -> None:
    raw = format(a_reply(to=(Address(AddressKind.MAILBOX, "ada@example.test", name),)), {})
    assert f"\r\nTo: {written}\r\n" in raw.decode()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ada",
        "@x.test",
        "ada@",
        "a b@x.test",
        "a@x.test\r\nBcc: e@x.test",
        "a@x.test>,<e@x.test",
        "a,b@x.test",
    ],
)
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(Invalid):
        format(a_reply(to=(Address(AddressKind.MAILBOX, value),)), {})
    with pytest.raises(Invalid):
        format(a_reply(to=()), {})


def test_foreign_domains_and_names() -> None:
    raw = format(
        a_reply(to=(Address(AddressKind.MAILBOX, "ada@müller.test", "Ädä"),), subject="Größe 😀"), {}
    )
    assert raw.isascii()
    message = strictly(raw)
    assert str(message["to"]) == "Ädä <ada@xn--mller-kva.test>"
    assert str(message["subject"]) == "Größe 😀"


def test_long_threads_keep_their_beginning() -> None:
    names = tuple(f"<{'x' * 150}.{n}@example.test>" for n in range(100))
    message = strictly(format(a_reply(references=names), {}))
    said = str(message["references"]).split()
    assert len(said) == MOST_REFERENCES
    assert (said[0], said[-1]) == (names[-1], names[0])


def test_what_is_no_name_of_a_mail_is_left_out_of_the_thread() -> None:
    message = strictly(format(a_reply(references=("a\r\nBcc: e@x.test", "<ok@x>", "<\r\nx>")), {}))
    assert str(message["references"]) == "<x> <ok@x>"
    assert "bcc" not in message


def test_no_line_is_longer_than_allowed() -> None:
    long = "Ein sehr langer Satz mit Größen und Maßen. " * 200
    raw = format(
        a_reply(
            subject=long,
            text=long + "x" * 3_000,
            to=tuple(Address(AddressKind.MAILBOX, f"{n}@{'y' * 60}.test", long) for n in range(50)),
            references=tuple(f"<{'x' * 400}.{n}@example.test>" for n in range(100)),
        ),
        {},
    )
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()


LINES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('\r\n:<>@",;='), max_size=80)


@settings(max_examples=300, deadline=None)
@given(subject=LINES, name=LINES, sender=LINES, reference=LINES, file=LINES, text=LINES)
def test_nothing_said_becomes_a_header(
    subject: str, name: str, sender: str, reference: str, file: str, text: str
) -> None:
    reply = a_reply(
        subject=subject,
        to=(Address(AddressKind.MAILBOX, "ada@example.test", name),),
        sender_name=sender,
        references=(reference,),
        attachments=(Attachment(file, "text/html\r\nX: y", 1, "a" * 64),),
        text=text,
    )
    raw = format(reply, {"a" * 64: b"x"})
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = {row.split(b":")[0].lower() for row in head if not row.startswith(b" ")}
    allowed = b"from to subject date message-id in-reply-to references content-type mime-version".split()
    assert names <= set(allowed)
    signal = read(raw)
    assert [address.value for address in signal.to] == ["ada@example.test"]
    assert signal.sender.value == INBOX.address
    assert signal.cc == ()


def test_an_inbox_without_a_name_needs_none() -> None:
    raw = format(a_reply(inbox=Inbox(INBOX.id, "email", "", "support@shop.test")), {})
    assert raw.startswith(b"From: support@shop.test\r\n")


@pytest.mark.parametrize("subject", ["Where is it?", "Re: Where is it?", "AW: Wo ist es?", "回复：在哪里"])
def test_an_answer_is_marked_once(subject: str) -> None:
    answered = strictly(format(a_reply(subject=subject, references=("<a@x.example>",)), {}))
    assert answered["subject"].removeprefix("Re: ") == subject.removeprefix("Re: ")
    assert not answered["subject"].startswith("Re: Re:")
    assert strictly(format(a_reply(subject="A word from us"), {}))["subject"] == "A word from us"


def test_a_tag_is_added_to_the_subject_once() -> None:
    tag = "[#01939-4c1e7-a7f3b]"
    for subject in ("Where is it?", f"Re: Where is it? {tag}"):
        assert strictly(format(a_reply(subject=subject, tag=tag), {}))["subject"].count(tag) == 1


def test_an_address_with_no_room_for_the_token_goes_without() -> None:
    inbox = msgspec.structs.replace(a_reply().inbox, address=f"{'customer-service-' * 2}de@shop.test")
    assert "reply-to" not in strictly(format(a_reply(inbox=inbox, token="k" * 35), {}))
