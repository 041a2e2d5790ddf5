"""RTF bodies: compressed, plain, or HTML in disguise."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from doorstep.channels.email.rtf import LARGEST, unpacked, words


def compressed(stream: bytes, size: int) -> bytes:
    return struct.pack("<II4sI", len(stream) + 12, size, b"LZFu", 0) + stream


def test_the_example_of_the_specification_is_unpacked() -> None:
    """MS-OXRTFCP §4.1.1."""
    example = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(example) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_reference_may_reach_into_what_it_makes() -> None:
    """MS-OXRTFCP §4.1.2."""
    example = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked(example) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_html_in_disguise_is_html() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"1 \'80 {\*\htmltag84 &lt;}\htmlrtf aside\htmlrtf0 2{\*\htmltag116 <br>}\htmlrtf }\htmlrtf0 }"
    )
    assert words(rtf) == ("", "<html><p>1 € &lt;2<br>")


def test_tables_of_fonts_are_not_words() -> None:
    tables = rb"{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator Riched20}"
    rtf = rb"\uc1 a\u-10179?\u-8704?\{b\}\line c}"
    assert words(rb"{\rtf1" + tables + rtf) == ("a\U0001f600{b}\nc", "")


def test_a_small_body_does_not_become_a_large_one() -> None:
    assert (
        len(unpacked(compressed(b"\xfe a" + b"\xcf\xff" * 7 + b"\xff\x00\x0f" * 1_000_000, 2**32 - 1)))
        <= LARGEST
    )


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_are_read(stream: bytes, rtf: bytes) -> None:
    unpacked(compressed(stream, 10_000))
    for start in (b"", b"{\\rtf1\\fromhtml1 "):
        "".join(words(start + rtf)).encode()
