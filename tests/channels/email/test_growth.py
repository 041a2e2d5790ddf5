"""Twice as much takes about twice as long to read, whatever it is made of."""

import time

import pytest

from doorstep.channels import reader_of
from doorstep.pages import clean
from tests.channels.email.packed import attribute, file, message, stored, tnef

HEAD = b"From: a@b.test\r\n"
TEXT = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
TNEF = HEAD + b"Content-Type: application/ms-tnef\r\n\r\n"
PARTS = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
N = 20_000
GROWING = {
    "headers": lambda n: b"X: y\r\n" * n + b"\r\nx",
    "folded": lambda n: b"Subject: a\r\n" + b" b\r\n" * n + b"\r\nx",
    "encoded words": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n + b"\r\n\r\nx",
    "half an encoded word": lambda n: b"Subject: " + b"=?utf-8?q?" * n + b"\r\n\r\nx",
    "mailboxes": lambda n: b"To: " + b"a@b.test, " * n + b"\r\n\r\nx",
    "one long mailbox": lambda n: b"From: " + b"a." * n + b"@b\r\n\r\nx",
    "comments": lambda n: b"From: " + b"(" * n + b"a@b.test\r\n\r\nx",
    "ids": lambda n: b"References: " + b"<a@b> " * n + b"\r\n\r\nx",
    "half ids": lambda n: b"References: " + b"<" * n + b"\r\n\r\nx",
    "parameters": lambda n: b"Content-Type: text/plain" + b"; a=b" * n + b"\r\n\r\nx",
    "names in pieces": lambda n: b"Content-Type: text/plain; name*0" + b"*" * n + b"=x\r\n\r\nx",
    "quotes": lambda n: b'Content-Type: text/plain; a="' + b'\\"' * n + b"\r\n\r\nx",
    "parts": lambda n: PARTS + b"--b\r\n\r\nx\r\n" * n,
    "half boundaries": lambda n: PARTS + b"--b-\r\n" * n,
    "lines": lambda n: TEXT + b"word\r\n" * n,
    "soft lines": lambda n: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"word \r\n" * n,
    "quotations": lambda n: TEXT + b"> On Monday Ada wrote:\r\n" * n,
    "wrote": lambda n: TEXT + b"On " * n,
    "uu": lambda n: TEXT + b"begin 644 x\n" * n,
    "yenc": lambda n: TEXT + b"=ybegin line=1 size=1 name=x\n" * n,
    "base64": lambda n: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"YQ==" * n,
    "tags": lambda n: HTML + b"<p>x</p>" * n,
    "open tags": lambda n: HTML + b'<p a="' * n,
    "styles": lambda n: HTML + b"<style>" * n,
    "pictures": lambda n: HTML + b'<img alt="x" ' * n,
    "tnef": lambda n: TNEF + tnef(attribute(0x800C, b"x") * n),
    "tnef files": lambda n: TNEF + tnef(file("a", b"x") * (n // 20)),
    "rtf": lambda n: TNEF + tnef(message(rtf=stored(b"{\\rtf1 " + b"{\\b x" * n))),
    "names": lambda n: PARTS + b"--b\r\nContent-Type: a/b; name=a\r\n\r\n\r\n" * n,
}


def seconds(raw: bytes) -> float:
    """The least of three readings, in seconds of this process."""
    times = []
    for _ in range(3):
        began = time.process_time()
        reader_of("mail").sheet(raw, clean)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.soak
@pytest.mark.parametrize("name", GROWING)
def test_time_grows_as_the_mail_does(name: str) -> None:
    small, large = seconds(GROWING[name](N)), seconds(GROWING[name](4 * N))
    assert large < 10 * small + 0.1, f"{name}: {small:.3f} s, four times as much {large:.3f} s"
