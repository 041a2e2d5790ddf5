"""Transfer encodings, whole and broken."""

import hashlib
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from doorstep.channels.email import transfer
from doorstep.channels.email.transfer import Pieces, undone


@pytest.mark.parametrize(
    ("content", "encoding", "wanted"),
    [
        (b"SGVsbG8=", "base64", b"Hello"),
        (b"SGVs\r\nbG8", "base64", b"Hello"),
        (b"SGV*sbG8=!!", "base64", b"Hello"),
        (b"SGVsbG8=IQ==", "base64", b"Hello!"),
        (b"SGVsbG8=\r\n-- \r\nour footer", "base64", b"Hello"),
        (b"SGVsb", "base64", b"Hel"),
        (b"", "base64", b""),
        (b"Gr=FC=DFe=\r\n!", "quoted-printable", b"Gr\xfc\xdfe!"),
        (b"50% = half=", "quoted-printable", b"50% = half"),
        (b"begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "x-uuencode", b"Hello"),
        (b"no beginning", "x-uuencode", b"no beginning"),
        (b"begin 644 a\n\xff\xff\xff\nend", "uuencode", b""),
        (b"as it is", "8bit", b"as it is"),
        (b"as it is", "x-nobody-knows", b"as it is"),
    ],
)
def test_gives_what_can_be_had(content: bytes, encoding: str, wanted: bytes) -> None:
    assert undone(content, encoding) == wanted


@given(st.text("ABCQUJDz09+/= \r\n\t", max_size=60).map(str.encode), st.integers(1, 9))
@example(b"SGVs\r\nbG8=\r\n", 4)
@example(b"SGVsbG8=", 3)
@example(b"QUJD===", 4)
@example(b"SGVsb", 2)
def test_what_is_read_in_pieces_is_what_is_read_at_once(content: bytes, size: int) -> None:
    with patch.object(transfer, "SLICE", size):
        for encoding in ("base64", "8bit"):
            try:
                pieces = Pieces(b"--" + content + b"--", 2, 2 + len(content), encoding)
            except ValueError:
                assert encoding == "base64"
                continue
            whole = undone(content, encoding)
            assert b"".join(pieces) == b"".join(pieces) == whole
            assert (pieces.size, pieces.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())


def is_read_in_pieces(content: bytes, encoding: str) -> bool:
    try:
        Pieces(content, 0, len(content), encoding)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("content", [b"SGVsbG8=IQ==", b"SGVsbG8*", b"SGVsbG8=\r\n-- \r\nfooter", b"QUJD===="])
def test_broken_base64_is_not_read_in_pieces(content: bytes) -> None:
    for size in range(1, 12):
        with patch.object(transfer, "SLICE", size):
            assert not is_read_in_pieces(content, "base64")


def test_what_must_be_read_by_lines_is_not_read_in_pieces() -> None:
    for encoding in ("quoted-printable", "x-uuencode", "x-nobody-knows"):
        assert not is_read_in_pieces(b"Gr=FC=DFe", encoding)
