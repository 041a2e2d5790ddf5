"""Headers are read as their writers meant them."""

import pytest

from doorstep.channels.email.headers import parameters, read, unencoded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ==?= aus =?iso-8859-1?q?K=F6ln?=", "Grüße aus Köln"),
        ("=?utf-8?Q?one?=\r\n =?utf-8?Q?_two?=", "one two"),
        ("=?utf-8?B?w?= =?utf-8?B?7w=?=", "ü"),
        ("=?utf-8*de?Q?Ja?=", "Ja"),
        ("=?x-unknown?Q?Ja=FC?=", "Jaü"),
        ("=?utf-8?Q?a b?=", "a b"),
        ("=?utf-8?X?nothing?=", "=?utf-8?X?nothing?="),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?utf-8?B?SGkNCkJjYzogeA==?=", "Hi Bcc: x"),
        ("a =?utf-8?Q?=00b?=", "a b"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert unencoded(value) == text


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("attachment; filename=a.txt", "a.txt"),
        ('attachment; filename="a; b.txt"', "a; b.txt"),
        (r'attachment; filename="a \"b\".txt"', 'a "b".txt'),
        ("attachment; filename*=utf-8''%E2%82%AC.txt", "€.txt"),
        ("attachment; filename*=iso-8859-1'de'Gr%F6%DFe.txt", "Größe.txt"),
        ("attachment; filename*0=a; filename*1=b.txt", "ab.txt"),
        ("attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=.txt", "€.txt"),
        ("attachment; filename=x.txt; filename*=utf-8''y.txt", "y.txt"),
        ("attachment; filename==?utf-8?Q?=C3=BC.txt?=", "ü.txt"),
        ('attachment; filename="open.txt', "open.txt"),
        ("attachment; filename*=broken", "broken"),
        ("attachment; filename*x*=1; filename*99=2; *=3; **=4", ""),
        ("attachment; FileName = spaced.txt ", "spaced.txt"),
    ],
)
def test_parameters(value: str, name: str) -> None:
    word, found = parameters(value)
    assert (word, found.get("filename", "")) == ("attachment", name)


def test_a_block_ends_where_its_body_begins() -> None:
    raw = b"From mbox line\r\nSubject: a\r\n\tb\r\nX:\r\n\r\nbody"
    headers, start = read(raw, 0, len(raw))
    assert (headers.text("subject"), raw[start:]) == ("a b", b"body")


def test_a_line_that_is_no_header_begins_the_body() -> None:
    raw = b"Subject: a\nHello there\nmore"
    headers, start = read(raw, 0, len(raw))
    assert (headers.text("subject"), raw[start:]) == ("a", b"Hello there\nmore")


def test_raw_bytes_are_read_by_the_charset_of_the_mail() -> None:
    raw = b"Subject: " + "Заказ".encode("koi8-r") + b"\n\n"
    headers, _ = read(raw, 0, len(raw))
    assert headers.text("subject", "koi8-r") == "Заказ"
    assert headers.text("subject") == "úÁËÁÚ"


def test_too_many_headers_are_passed_over_and_the_body_found() -> None:
    raw = b"X: y\r\n" * 10_000 + b"\r\nbody"
    headers, start = read(raw, 0, len(raw))
    assert len(headers.fields) == 2_000
    assert raw[start:] == b"body"
