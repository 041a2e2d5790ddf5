"""Transfer encodings undone: base64, quoted-printable, uuencode. Broken ones give what can be had."""

import binascii
import hashlib
import re
from collections.abc import Iterator

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_ALL_BASE64 = re.compile(rb"[A-Za-z0-9+/]*+={0,3}")
_PIECE = re.compile(rb"([A-Za-z0-9+/]+)(=*)")
_UUENCODED = {"x-uuencode", "uuencode", "x-uue", "uue"}

SLICE = 256 * 1024
"""Bytes of a large part that are decoded at a time."""
_AS_THEY_STAND = {"", "7bit", "8bit", "binary"}

ENCODINGS = {"", "7bit", "8bit", "binary", "base64", "quoted-printable", *_UUENCODED}
"""Those that are known; an unknown one leaves the content as it is."""


def undone(content: bytes, encoding: str) -> bytes:
    """The content itself. Never raises: an unknown encoding leaves it as it is."""
    if encoding == "base64":
        return from_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    return from_uu(content) if encoding in _UUENCODED else content


def from_base64(content: bytes) -> bytes:
    """Foreign characters are passed over; behind padding only another whole piece counts, no footer."""
    packed = content.translate(None, b"\r\n\t ")
    if _ALL_BASE64.fullmatch(packed):
        return _piece(packed.rstrip(b"="))
    pieces = _PIECE.findall(_NOT_BASE64.sub(b"", content))
    whole = [piece for at, (piece, padding) in enumerate(pieces) if not at or _is_whole(piece, padding)]
    return b"".join(map(_piece, whole))


class Pieces:
    """What `undone` makes of a part, a slice at a time, anew each time it is read: it is never held whole.

    Raises `ValueError` when it cannot be read so: then it must be read at once.
    """

    __slots__ = ("_encoding", "_raw", "_span", "sha256", "size")

    def __init__(self, raw: bytes, start: int, end: int, encoding: str) -> None:
        if encoding != "base64" and encoding not in _AS_THEY_STAND:
            raise ValueError(encoding)
        self._raw, self._span, self._encoding = raw, (start, end), encoding
        digest, self.size = hashlib.sha256(), 0
        for piece in self:
            digest.update(piece)
            self.size += len(piece)
        self.sha256 = digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        start, end = self._span
        slices = (self._raw[at : min(at + SLICE, end)] for at in range(start, end, SLICE))
        return _from_base64_slices(slices) if self._encoding == "base64" else slices


def _from_base64_slices(slices: Iterator[bytes]) -> Iterator[bytes]:
    """Only of what is nothing but base64. Raises `ValueError`."""
    rest = b""
    for piece in slices:
        packed = rest + piece.translate(None, b"\r\n\t ")
        if not _ALL_BASE64.fullmatch(packed):
            raise ValueError("this is not base64 alone")
        whole = len(packed.rstrip(b"=")) // 4 * 4
        rest = packed[whole:]
        yield binascii.a2b_base64(packed[:whole])
    yield _piece(rest.rstrip(b"="))


def _is_whole(piece: bytes, padding: bytes) -> bool:
    return (len(piece) + len(padding)) % 4 == 0


def _piece(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def from_uu(content: bytes) -> bytes:
    """What lies between `begin` and `end`; lines that cannot be read are passed over."""
    lines = content.splitlines()
    starts = [at for at, row in enumerate(lines) if row.startswith(b"begin ")]
    if not starts:
        return content
    found = bytearray()
    for row in lines[starts[0] + 1 :]:
        if row.strip() == b"end":
            break
        found += _uu_line(row)
    return bytes(found)


def _uu_line(row: bytes) -> bytes:
    try:
        return binascii.a2b_uu(row)
    except binascii.Error:
        wanted = (((row[0] - 32) & 63) * 4 + 5) // 3 if row else 0
        try:
            return binascii.a2b_uu(row[:wanted])
        except binascii.Error:
            return b""
