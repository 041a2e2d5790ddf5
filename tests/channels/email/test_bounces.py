"""What a bounce tells: whom it missed, what came back, whether for good, and why."""

import pytest

from doorstep.kernel import Kind, Returned
from tests.channels.email.mails import mail, multipart, read

NAME = "<reply@shop.test>"
COPY = f"Return-Path: <support@shop.test>\r\nMessage-ID: {NAME}\r\nSubject: Your parcel\r\n\r\nHello"


def report(*groups: str, **headers: str) -> bytes:
    """A bounce as RFC 3464 has it."""
    status = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n"
    return multipart(
        "Content-Type: text/plain\r\n\r\nSorry.",
        status + "".join(f"\r\n{group}\r\n" for group in groups),
        f"Content-Type: message/rfc822\r\n\r\n{COPY}",
        kind="report; report-type=delivery-status",
        From="mailer-daemon@mx.test",
        **headers,
    )


def group(address: str, action: str, status: str, said: str = "") -> str:
    rows = [f"Final-Recipient: rfc822; {address}", f"Action: {action}", f"Status: {status}"]
    return "\r\n".join([*rows, f"Diagnostic-Code: smtp; {said}"] if said else rows)


def told(raw: bytes) -> Returned:
    signal = read(raw)
    assert signal.kind is Kind.BOUNCE
    assert signal.returned is not None
    return signal.returned


@pytest.mark.parametrize(
    ("action", "status", "is_final"),
    [("failed", "5.1.1", True), ("failed", "4.4.7", True), ("delayed", "4.4.1", False), ("", "4.2.2", False)],
)
def test_a_report_says_whether_it_is_for_good(action: str, status: str, is_final: bool) -> None:
    back = told(report(group("Ada@Example.test", action, status, "550 5.1.1\r\n no\x00 such user")))
    assert back == Returned("ada@example.test", (NAME,), is_final, "550 5.1.1 no such user")


def test_the_address_we_wrote_to_counts_not_where_it_was_sent_on() -> None:
    moved = "Original-Recipient: rfc822;ada@example.test\r\n" + group("ada@elsewhere.test", "failed", "5.1.1")
    assert told(report(moved)).address == "ada@example.test"


def test_of_several_the_failed_ones_are_told() -> None:
    back = told(
        report(
            group("slow@example.test", "delayed", "4.4.1", "421 later"),
            group("fine@example.test", "delivered", "2.0.0"),
            group("gone@example.test", "failed", "5.1.1", "550 no such user"),
            group("full@example.test", "failed", "5.2.2", "552 full"),
        )
    )
    assert (back.address, back.is_final) == ("gone@example.test", True)
    assert back.detail == "gone@example.test: 550 no such user; full@example.test: 552 full"


def test_a_report_that_all_went_well_is_no_bounce() -> None:
    raw = report(group("ada@example.test", "delivered", "2.0.0"), **{"Auto-Submitted": "auto-generated"})
    assert read(raw).kind is Kind.AUTO_REPLY


def test_a_detail_is_short_and_on_one_line() -> None:
    back = told(
        report(*(group(f"a{n}@example.test", "failed", "5.1.1", "550 " + "no " * 90) for n in range(30)))
    )
    assert len(back.detail) <= 300
    assert back.detail.isprintable()


QMAIL = f"""Hi. This is the qmail-send program at mx.test.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ada@example.test>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 No such user
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

{COPY}
"""
EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ada@example.test
    host mx.example.test [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<ada@example.test>:
    550 5.1.1 No such user

------ This is a copy of the message, including all the headers. ------

{COPY}
"""
SENDMAIL = f"""The original message was received at Mon, 2 Mar 2026 10:00:00 +0000

   ----- The following addresses had permanent fatal errors -----
<ada@example.test>
    (reason: 550 5.1.1 No such user)

   ----- Original message follows -----

{COPY}
"""
GMAIL = """Delivery to the following recipient failed permanently:

     ada@example.test

Technical details of permanent failure:
550 5.1.1 No such user
"""


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("MAILER-DAEMON@mx.test", "failure notice", QMAIL),
        ("Mailer-Daemon@mx.test", "Mail delivery failed: returning message to sender", EXIM),
        ("MAILER-DAEMON@mx.test", "Returned mail: see transcript for details", SENDMAIL),
    ],
)
def test_bounces_in_plain_words(sender: str, subject: str, body: str) -> None:
    back = told(mail(body.replace("\r\n", "\n"), From=sender, Subject=subject))
    assert (back.address, back.message_ids, back.is_final) == ("ada@example.test", (NAME,), True)
    assert "550 5.1.1 No such user" in back.detail
    assert len(back.detail) <= 300


def test_one_that_returns_nothing_names_what_it_answers() -> None:
    back = told(
        mail(
            GMAIL,
            From="Mail Delivery Subsystem <mailer-daemon@googlemail.test>",
            Subject="Delivery Status Notification (Failure)",
            **{"X-Failed-Recipients": "ada@example.test", "In-Reply-To": NAME},
        )
    )
    assert (back.address, back.message_ids, back.is_final) == ("ada@example.test", (NAME,), True)


def test_a_warning_in_plain_words_is_not_for_good() -> None:
    body = EXIM.replace("permanent error", "warning").replace("550 5.1.1 No such user", "451 4.7.1 Try later")
    assert not told(
        mail(body, From="mailer-daemon@mx.test", Subject="Warning: message delayed 24 hours")
    ).is_final
    silent = mail("Sorry.", From="mailer-daemon@mx.test", Subject="Delayed Mail (still being retried)")
    assert told(silent) == Returned("", (), False, "")


def test_a_person_s_mail_returns_nothing() -> None:
    assert read(mail(QMAIL, Subject="failure notice")).returned is None
