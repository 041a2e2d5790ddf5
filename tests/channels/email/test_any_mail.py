"""Any bytes are read: put together from pieces of mails, or real mails damaged."""

from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorstep.channels import reader_of
from doorstep.channels.email.wire import parse
from doorstep.kernel import Invalid
from doorstep.pages import clean
from tests.channels.email.mails import INBOX, NOON
from tests.channels.email.packed import file, message, tnef
from tests.channels.email.test_corpora import MAIL

FIXTURES = Path(str(files("doorstep.channels.email"))) / "fixtures"
SEEDS = [path.read_bytes() for path in sorted(FIXTURES.glob("*.eml"))] + [
    path.read_bytes() for path in sorted(MAIL.rglob("*.eml")) if path.stat().st_size < 8_000
]
CHARSETS = [
    *("utf-8", "utf-7", "utf-16", "iso-2022-jp", "x-unknown", "cp1252", "hz", "big5", "gb2312", "idna"),
    *("unicode_escape", "rot13", "base64", "punycode", "undefined", "mbcs", "\x00", "", '"', "utf-8'x'"),
]
TYPES = [
    *("text/plain", "text/html", "multipart/mixed; boundary=b", "multipart/alternative; boundary=b"),
    *("multipart/related; boundary=b", "message/rfc822", "multipart/digest; boundary=b", "multipart/mixed"),
    *("application/ms-tnef", "image/png", "text/calendar", "/", "text", "multipart/report; boundary=b"),
]
NAMES = [
    *("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To"),
    *("Content-ID", "Content-Location", "Content-Disposition", "Auto-Submitted", "List-Id", "Return-Path"),
]
WORDS = [
    *(
        b"=?utf-8?q?=ED=A0=80?=",
        b"=?x?b?//79?=",
        b"=?utf-7?q?+2AA-?=",
        b'"a\\',
        b"<a@b>",
        b"a@b",
        b"((",
        b"))",
    ),
    *(b"begin 644 x\n#86)C\nend\n", b"=ybegin line=1 size=1 name=x\nk\n=yend size=1\n", b"\xff\xfe", b"\x00"),
    *(
        b"\xed\xa0\x80",
        b"\x1b$B$\x22",
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b"--b",
        b"--b--",
        b"\r\n--b\r\n",
        b"<p>",
        b"&#0;",
    ),
    *(
        b"&#xD800;",
        b"<!--",
        b"filename*0*=utf-8''%ED%A0%80; filename*1=x",
        b"filename*=x",
        b";;=",
        b"\xe2\x80\xae",
    ),
    *(b"=\r\n", b"=ED=A0=80", b"////", b"AAAA", b"cid:a@b", b"attachment; filename=", b"> ", b" ", b"-- \n"),
    tnef(message(text="t", html=b"<p>h"), file("a", b"b")),
]
ENCODINGS = ["7bit", "base64", "quoted-printable", "x-uuencode", "odd", ""]

word = st.one_of(st.sampled_from(WORDS), st.binary(max_size=12))
header = st.builds(
    lambda name, words: name.encode() + b": " + b" ".join(words),
    st.sampled_from(NAMES),
    st.lists(word, max_size=4),
)
kind = st.builds(
    lambda media, charset, encoding: (
        f"Content-Type: {media}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}".encode()
    ),
    st.sampled_from(TYPES),
    st.sampled_from(CHARSETS),
    st.sampled_from(ENCODINGS),
)
block = st.builds(
    lambda kind, headers, words: b"\r\n".join([*headers, kind, b"", b"".join(words)]),
    kind,
    st.lists(header, max_size=5),
    st.lists(word, max_size=12),
)
made = st.builds(b"\r\n--b\r\n".join, st.lists(block, min_size=1, max_size=5))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A mail of ours or of the corpora, with pieces cut out, doubled or put in."""
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 30))] = draw(word) * draw(st.integers(0, 3))
    return bytes(raw)


def survives(raw: bytes) -> None:
    try:
        found = parse(INBOX, raw, {}, NOON)
    except Invalid:
        assert not raw.strip()
        return
    assert parse(INBOX, raw, {}, NOON) == found
    signal = found.arrival.signal
    assert {attached.sha256 for attached in signal.attachments} == set(found.files)
    assert len({attached.name.casefold() for attached in signal.attachments}) == len(signal.attachments)
    sheet = reader_of("mail").sheet(raw, clean)
    for text in (msgspec.json.encode(signal), msgspec.json.encode(sheet)):
        assert b"\\u0000" not in text
        text.decode("utf-8")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(made)
def test_what_is_made_of_pieces_of_mails_is_read(raw: bytes) -> None:
    survives(raw)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(damaged())
def test_damaged_mails_are_read(raw: bytes) -> None:
    survives(raw)


@pytest.mark.soak
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=20_000)
@given(st.one_of(made, damaged(), st.binary(max_size=2_000)))
def test_any_bytes_are_read_for_a_long_time(raw: bytes) -> None:
    survives(raw)
