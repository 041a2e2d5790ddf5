"""Any bytes become text that can be stored."""

import pytest

from doorstep.channels.email.charsets import clean, codec, decoded, line


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "", "Grüße"),
        (b"30 \x80 \x93x\x94", "iso-8859-1", "30 € “x”"),
        (b"a\x81b", "", "a\x81b"),
        ("Привет, мир".encode("koi8-r"), "koi8-r", "Привет, мир"),
        ("Ağustos şeker".encode("cp1254"), "iso-8859-9", "Ağustos şeker"),
        ("注文".encode("iso-2022-jp"), "ISO-2022-JP", "注文"),
        ("①②".encode("cp932"), "shift_jis", "①②"),
        ("鎔基".encode("gb18030"), "gb2312", "鎔基"),
        ("똠방각하".encode("cp949"), "ks_c_5601-1987", "똠방각하"),
        (b"Hi +AOQ-", "utf-7", "Hi ä"),
        (b"Hi +AOQ-", "", "Hi +AOQ-"),
        ("ä".encode("utf-16"), "utf-16", "ä"),
        ("Größe".encode(), "x-unknown", "Größe"),
        ("Größe".encode(), "us-ascii", "Größe"),
        (b"ok", "zlib", "ok"),
        (b"ok", "unicode_escape", "ok"),
        (b"ok", "\x00\xff", "ok"),
        (b"ok", "x" * 10_000, "ok"),
    ],
)
def test_reads_what_was_meant(content: bytes, charset: str, text: str) -> None:
    assert decoded(content, charset) == text


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    text = "Добрый день, где мой заказ? " * 4
    assert decoded(text.encode() + b"\xff", "utf-8").startswith(text)
    assert "注文番号" in decoded("注文番号はどこ".encode("euc_jp") + b"\xff", "euc-jp")


def test_what_cannot_be_stored_is_left_out() -> None:
    assert decoded(b"a\x00b", "utf-8") == "ab"
    assert decoded(b"a+2AA-b", "utf-7") == "ab"
    assert clean("x\ud800y\udcffz\x00") == "xyz"


@pytest.mark.parametrize(
    "label", ["idna", "punycode", "rot13", "hex", "base64", "raw_unicode_escape", "mbcs", "", "../x"]
)
def test_not_every_codec_is_a_charset(label: str) -> None:
    assert codec(label) == ""


def test_a_line_stays_a_line() -> None:
    assert line("a\r\nBcc: x\t b\x00\x85\u2028c") == "a Bcc: x b c"
    assert len(line("x" * 5_000, 100)) == 100
