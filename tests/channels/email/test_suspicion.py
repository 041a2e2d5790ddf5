"""Why a mail is taken for unwanted: a verdict only our own server could write, and few rules."""

import pytest

from doorstep.channels.email.suspicion import suspicion
from doorstep.channels.email.tree import tree
from doorstep.kernel import Inbox
from tests.channels.email.mails import INBOX, mail, multipart, read
from tests.channels.email.test_corpora import MAIL, corpora, say
from tests.channels.email.test_corpora import read as read_file

__all__ = ["corpora"]

RECEIVED = b"Received: from a by b; Mon, 02 Mar 2026 10:00:01 +0000\r\n"
VERDICTS = [
    "X-Spam-Flag: YES",
    "X-Spam-Status: Yes, score=9.1 required=5.0",
    "X-Spam-Level: ***********",
    "X-Rspamd-Action: add header",
    "X-Spamd-Result: default: True [15.00 / 15.00]",
    "X-MS-Exchange-Organization-SCL: 6",
    "X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:SPM;H:mx",
    "X-Virus-Status: Infected",
]
CLEAN = [
    "X-Spam-Flag: NO",
    "X-Spam-Status: No, score=-1.9",
    "X-Spam-Level: *****",
    "X-Rspamd-Action: no action",
    "X-Spamd-Result: default: False [1.00 / 15.00]",
    "X-MS-Exchange-Organization-SCL: 1",
    "X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:NSPM;H:mx",
]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_above_all_received_is_our_server_s(verdict: str) -> None:
    name = verdict.partition(":")[0].lower()
    said = read(verdict.encode() + b"\r\n" + RECEIVED + mail("Hello")).suspicion
    assert said == f"Our mail server takes it for spam ({name})."


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_further_below_is_anybody_s(verdict: str) -> None:
    assert read(RECEIVED + verdict.encode() + b"\r\n" + mail("Hello")).suspicion == ""
    assert read(verdict.encode() + b"\r\n" + mail("Hello")).suspicion == ""


@pytest.mark.parametrize("verdict", CLEAN)
def test_a_clean_verdict_is_none(verdict: str) -> None:
    assert read(verdict.encode() + b"\r\n" + RECEIVED + mail("Hello")).suspicion == ""


def chosen(header: str) -> Inbox:
    return Inbox(
        INBOX.id, INBOX.channel, INBOX.name, INBOX.address, b'{"spam_header": "%s"}' % header.encode()
    )


def test_an_inbox_may_name_the_header_it_believes() -> None:
    below = RECEIVED + b"X-Spam-Flag: YES\r\n" + mail("Hello")
    above = b"X-Spam-Flag: YES\r\n" + RECEIVED + mail("Hello")
    assert read(below, inbox=chosen("X-Spam-Flag")).suspicion
    assert read(above, inbox=chosen("X-Spam-Status")).suspicion == ""
    assert read(above, inbox=chosen("off")).suspicion == ""


def file(name: str) -> bytes:
    kind = "Content-Type: application/octet-stream"
    part = f'{kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nMZ'
    return multipart("Content-Type: text/plain\r\n\r\nSee the file.", part)


@pytest.mark.parametrize("name", ["bill.pdf.exe", "photo.jpg      .scr", "order.docx.js", "voice.vbs"])
def test_a_program_that_looks_like_a_document(name: str) -> None:
    assert "The file" in read(file(name)).suspicion


@pytest.mark.parametrize(
    "name", ["bill.pdf", "setup.exe", "app.js", "archive.tar.gz", "v1.2.zip", "minutes.docx"]
)
def test_other_files_are_nobody_s_business(name: str) -> None:
    assert read(file(name)).suspicion == ""


THREAT = "I hacked your account. Pay 500 in bitcoin."
LURE = "The late president left 20 million dollars; you are the beneficiary."
PHISH = "Your account has been suspended. Please verify your account."
OFFER = "Absolutely free, no obligation! Lose weight now. Click here, or to be removed write to us."


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (mail(THREAT, From="support@shop.test"), "our own address"),
        (mail(LURE, **{"Reply-To": "agent@elsewhere.test"}), "promises money"),
        (mail(PHISH, From="PayPal Service <info@pay-safe.test>"), "calls itself paypal"),
        (mail("Buy", Subject="ADV: Cheap chairs"), "advertisement"),
        (mail("Buy", Subject="Cheap chairs              xkwjf"), "random letters"),
        (mail(OFFER), "mass advertising: "),
    ],
)
def test_a_rule_says_why(raw: bytes, why: str) -> None:
    assert why in read(raw).suspicion


@pytest.mark.parametrize(
    "raw",
    [
        mail(THREAT, From="support@shop.test", **{"Reply-To": "ada@example.test"}),
        mail(THREAT),
        mail(LURE),
        mail("My parcel cost 2 million, it feels.", **{"Reply-To": "ada@elsewhere.test"}),
        mail(PHISH, From="PayPal <service@paypal.test>"),
        mail("I cannot verify your account number.", From="Ada <ada@example.test>"),
        mail(f"Is this mail yours?\n\n> {OFFER}"),
        mail(OFFER, **{"List-Id": "<offers.x.test>"}),
        mail(OFFER, To="support+k7d2m9q4@shop.test"),
        mail("Where do I click here to order today?"),
        mail("Buy", Subject="Advice wanted"),
    ],
)
def test_what_a_customer_may_write_is_not_suspected(raw: bytes) -> None:
    assert read(raw).suspicion == ""


def test_broken_settings_mean_auto() -> None:
    raw = b"X-Spam-Flag: YES\r\n" + RECEIVED + mail("Hello")
    broken = Inbox(INBOX.id, INBOX.channel, INBOX.name, INBOX.address, b"{")
    assert suspicion(tree(raw).headers, broken, read(raw))


def test_of_real_good_mails_hardly_one_is_suspected(capsys: pytest.CaptureFixture[str]) -> None:
    suspected = {"ham": [0, 0], "spam": [0, 0]}
    for path in sorted((MAIL / "spamassassin").rglob("*.txt")):
        signal = read_file(path)
        assert signal is not None
        figures = suspected["ham" if "ham" in path.parent.name else "spam"]
        figures[0] += bool(signal.suspicion)
        figures[1] += 1
    say(capsys, f"suspected by rules alone: {suspected}")
    assert suspected["ham"][1] > 300
    assert suspected["ham"][0] <= suspected["ham"][1] // 1000
    assert suspected["spam"][0] >= 50
