"""A person or a machine. In doubt, a person."""

import pytest

from doorstep.kernel import Kind
from tests.channels.email.mails import mail, multipart, read

PEOPLE: list[dict[str, str]] = [
    {},
    {"Auto-Submitted": "no"},
    {"Subject": "Out of office furniture: where is my chair?"},
    {"Subject": "Undelivered mail returned to sender, says your shop"},
    {"Subject": "Automatic reply does not work in your app"},
    {"X-Auto-Response-Suppress": "All"},
    {"Precedence": "first-class"},
    {"Return-Path": "<>"},
    {"From": "postmaster.smith@example.test"},
    {"From": "noreply@forms.example.test", "Reply-To": "ada@example.test"},
    {"List-Id": "<support.shop.test>", "Precedence": "list"},
    {"List-Post": "<mailto:support@shop.test>"},
    {"List-Id": "<any.list.test>", "To": "support+k7d2m9q4@shop.test"},
    {"X-Autoreply": "no"},
    {"Content-Type": "multipart/mixed"},
]


@pytest.mark.parametrize("headers", PEOPLE, ids=str)
def test_a_person_is_never_taken_for_a_machine(headers: dict[str, str]) -> None:
    assert read(mail(**headers)).kind is Kind.MESSAGE


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "Auto-Generated; owner-email=x"},
        {"Auto-Submitted": "auto-replied (vacation)"},
        {"Precedence": "auto_reply"},
        {"X-Autoreply": "yes"},
        {"X-Autorespond": "Away"},
        {"Auto-Submitted": "auto-replied", "List-Id": "<x.test>"},
    ],
)
def test_an_auto_reply(headers: dict[str, str]) -> None:
    assert read(mail(**headers)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "headers",
    [{"List-Id": "<x.test>"}, {"List-Unsubscribe": "<https://x.test>"}, {"Precedence": "bulk"}],
)
def test_a_list(headers: dict[str, str]) -> None:
    assert read(mail(**headers)).kind is Kind.LIST


WORDS = "Content-Type: text/plain\r\n\r\nIt could not be delivered."
STATUS = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed"
OURS = "Message-ID: <reply@shop.test>\r\nFrom: support@shop.test\r\nSubject: Your parcel"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_answers_what_it_returns(returned: str) -> None:
    original = f"Content-Type: {returned}\r\n\r\n{OURS}\r\n\r\nbody"
    signal = read(
        multipart(WORDS, STATUS, original, kind="report; report-type=delivery-status", References="<old@x>")
    )
    assert signal.kind is Kind.BOUNCE
    assert signal.references == ("<reply@shop.test>", "<old@x>")
    assert signal.text == "It could not be delivered."


def test_a_bounce_of_the_old_kind() -> None:
    assert read(mail(From="MAILER-DAEMON@x.test", Subject="failure notice")).kind is Kind.BOUNCE


def test_a_read_receipt_is_a_machine_s() -> None:
    receipt = "Content-Type: message/disposition-notification\r\n\r\nDisposition: displayed"
    report = multipart(WORDS, receipt, kind="report; report-type=disposition-notification")
    assert read(report).kind is Kind.AUTO_REPLY


def test_a_person_forwarding_a_bounce_is_a_person() -> None:
    forwarded = f"Content-Type: message/rfc822\r\n\r\nAuto-Submitted: auto-replied\r\n{OURS}\r\n\r\nbody"
    assert (
        read(multipart("Content-Type: text/plain\r\n\r\nWhat is this?", STATUS, forwarded)).kind
        is Kind.MESSAGE
    )
