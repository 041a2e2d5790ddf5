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
    {"Subject": "Automatic reply: my order"},
    {"Subject": "Automatic reply: my order", "In-Reply-To": "<reply@shop.test>"},
    {"Subject": "Out of office chairs, please", "X-Mailer": "Microsoft Outlook 16.0"},
    {"Subject": "Thank you for contacting me", "In-Reply-To": "<reply@shop.test>"},
    {"X-Auto-Response-Suppress": "OOF, AutoReply", "Subject": "Your invoice is wrong"},
    {"Precedence": "bulk", "In-Reply-To": "<reply@shop.test>"},
    {"Precedence": "bulk", "User-Agent": "Mutt/2.2.9"},
    {"Precedence": "junk", "X-Mailer": "Microsoft Outlook Express 6.0"},
    {"List-Unsubscribe": "<https://crm.test/stop>", "In-Reply-To": "<reply@shop.test>"},
    {"Mailing-List": "list support@shop.test; contact support+owners@shop.test"},
    {"From": "noreply@bigshop.test", "Subject": "Your order 4711"},
    {"From": "postmaster@example.test", "Subject": "Undeliverable parcel"},
    {
        "From": "postmaster@example.test",
        "Subject": "Mail delivery: returned mail",
        "Return-Path": "<p@x.test>",
    },
    {"From": "ada@example.test", "Subject": "Fwd: Undelivered Mail Returned to Sender"},
    {"From": "ada@example.test", "Subject": "Delivery Status Notification (Failure)", "Return-Path": "<>"},
    {"From": "bounces@example.test", "Subject": "The trampoline bounces"},
    {"X-Loop": "desk@example.test"},
    {"X-MS-Exchange-Inbox-Rules-Loop": "clerk@shop.test"},
    {"X-Priority": "1", "Importance": "high"},
    {"Disposition-Notification-To": "ada@example.test", "Return-Receipt-To": "ada@example.test"},
    {"Feedback-ID": "1:shop", "X-Mailer": "Sales tool"},
    {"List-Unsubscribe": "<mailto:stop@x.test>", "References": "<reply@shop.test>"},
    {"Subject": "Accepted: your offer"},
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
        {"Subject": "Automatic reply: Your parcel", "X-Auto-Response-Suppress": "All"},
        {"Subject": "Automatische Antwort: Paket", "X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
        {"Subject": "Réponse automatique : colis", "Return-Path": "<>"},
        {"Subject": "Re: parcel", "X-Autoresponder": "yes", "Return-Path": "<>"},
        {"Subject": "Away: parcel", "Precedence": "bulk", "In-Reply-To": "<reply@shop.test>"},
        {"Subject": "Out of Office: parcel", "Precedence": "junk"},
        {"Subject": "Re: vacation", "X-Mailer": "vacation 1.2.7"},
        {"Subject": "Out of Office AutoReply: parcel", "X-MS-Exchange-Inbox-Rules-Loop": "ada@example.test"},
        {"Subject": "Please confirm your message", "X-Boxbe-Notification": "1"},
        {"Subject": "[Ticket 7] We have received your mail", "Auto-Submitted": "auto-generated"},
        {"Subject": "We have received your message", "X-Auto-Response-Suppress": "All"},
    ],
)
def test_an_auto_reply(headers: dict[str, str]) -> None:
    assert read(mail(**headers)).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Id": "<x.test>"},
        {"List-Id": "<x.test>", "In-Reply-To": "<other@x.test>", "User-Agent": "Mutt/2.2.9"},
        {"List-Unsubscribe": "<https://x.test>"},
        {"Precedence": "bulk"},
        {"Precedence": "list", "Subject": "[x] Hello"},
        {"List-Id": "<builds.x.test>", "Auto-Submitted": "auto-generated"},
    ],
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


NOTICES = [
    ("MAILER-DAEMON@mx.test", "failure notice", {}),
    (
        "Mailer-Daemon@mx.test",
        "Mail delivery failed: returning message to sender",
        {"Auto-Submitted": "auto-replied"},
    ),
    (
        "mailer-daemon@googlemail.test",
        "Delivery Status Notification (Delay)",
        {"Auto-Submitted": "auto-replied"},
    ),
    ("postmaster@mx.test", "Undeliverable: Your parcel", {"Return-Path": "<>"}),
    ("postmaster@mx.test", "Unzustellbar: Ihr Paket", {"Auto-Submitted": "auto-replied"}),
    (
        "MAILER-DAEMON@mx.test",
        "Returned mail: see transcript for details",
        {"Auto-Submitted": "auto-generated"},
    ),
    ("mailer-daemon@mx.test", "Your parcel", {"X-Failed-Recipients": "ada@example.test"}),
]


@pytest.mark.parametrize(("sender", "subject", "headers"), NOTICES, ids=[notice[1] for notice in NOTICES])
def test_a_bounce_in_plain_words(sender: str, subject: str, headers: dict[str, str]) -> None:
    body = "Your message could not be delivered.\n\n<ada@example.test>: user unknown"
    assert read(mail(body, From=sender, Subject=subject, **headers)).kind is Kind.BOUNCE


def test_a_person_named_like_a_machine_is_a_person() -> None:
    body = "We run the mail here, and your parcel could not be delivered."
    raw = mail(body, From="postmaster@example.test", Subject="Delivery problem with my order")
    assert read(raw).kind is Kind.MESSAGE


def test_an_invitation_answered_by_a_button_is_a_machine_s() -> None:
    answer = "Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"
    asked = answer.replace("REPLY", "REQUEST")
    assert read(multipart(WORDS, answer, Subject="Accepted: Fitting")).kind is Kind.AUTO_REPLY
    assert read(multipart(WORDS, asked, Subject="Fitting")).kind is Kind.MESSAGE
    assert read(multipart(WORDS, answer, Subject="About the fitting")).kind is Kind.MESSAGE
