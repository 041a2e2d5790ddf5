"""What was odd about a mail is said in plain words; a common one has nothing odd."""

import pytest

from doorstep.channels.email.bodies import MOST_HTML
from doorstep.channels.email.noticed import MOST, Noticed
from doorstep.channels.email.reading import read
from tests.channels.email.mails import INBOX, mail, multipart

UNCLOSED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords"
DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(60))
ODD = {
    "charset x-none is not known; read as windows-1252": mail(
        b"Gr\xfc\xdfe", Content_Type="text/plain; charset=x-none"
    ),
    "the text is not utf-8 as it says; read as windows-1252": mail(
        b"Gr\xfc\xdfe", Content_Type="text/plain; charset=utf-8"
    ),
    "some bytes are not iso-2022-jp; shown as \ufffd": mail(
        "日本語の文章です".encode("iso-2022-jp") + b"\xff", Content_Type="text/plain; charset=iso-2022-jp"
    ),
    "a multipart has no closing boundary": UNCLOSED,
    "a multipart has no boundary that its parts begin with; read as text": mail(
        "words", Content_Type="multipart/mixed"
    ),
    "nested deeper than 50: the rest is kept as a file": DEEP,
    "more than 1,000 parts: the rest is kept as a file": multipart(*["\r\nx"] * 1_100),
    "transfer encoding x-odd is not known; read as it is": mail("x", Content_Transfer_Encoding="x-odd"),
    "HTML cut at 1,000,000 characters; the whole is kept as a file": mail(
        "<p>x" + " " * MOST_HTML + "</p>", Content_Type="text/html"
    ),
    "more header lines than are read; the rest is only in the original": b"X: y\r\n" * 2_001 + b"\r\nx",
}


@pytest.mark.parametrize("words", ODD)
def test_what_is_odd_is_said(words: str) -> None:
    assert words in read(INBOX, ODD[words], {}).warnings


def test_a_common_mail_has_nothing_odd() -> None:
    raw = multipart("Content-Type: text/plain\r\n\r\nHello", "Content-Type: text/html\r\n\r\n<p>Hello")
    assert read(INBOX, raw, {}).warnings == ()


def test_it_is_never_said_twice_nor_without_end() -> None:
    noticed = Noticed()
    for number in range(2 * MOST):
        noticed(str(number))
        noticed("0")
    assert noticed.words == tuple(map(str, range(MOST)))
