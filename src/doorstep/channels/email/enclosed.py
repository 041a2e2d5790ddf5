"""Files inside plain text, uuencoded or yEncoded, as mail programs before MIME sent them.

Taken as files only where the lines are what they claim to be, so that somebody who writes "begin 644 x" keeps
these words. One pass over the lines.
"""

import binascii
import re
from collections.abc import Iterator

from doorstep.channels.email.charsets import decoded, line
from doorstep.channels.email.tnef import Packed

_BEGINS = re.compile(rb"begin [0-7]{3,4} +(?=\S)([^\r\n]{1,250})")
_MAY_BEGIN = re.compile(rb"^(?:begin [0-7]|=ybegin )", re.MULTILINE)
_Y_BEGINS = re.compile(rb"=ybegin [^\r\n]{0,200}?name=([^\r\n]{1,250})")
_Y_ESCAPED = re.compile(rb"=(.)", re.DOTALL)
_Y_SHIFTED = bytes((n - 42) % 256 for n in range(256))


def without_files(content: bytes) -> tuple[bytes, list[Packed]]:
    """The text with `[name]` where each file was, and the files."""
    if b"begin " not in content or _MAY_BEGIN.search(content) is None:
        return content, []
    rows = content.split(b"\n")
    kept: list[bytes] = []
    found: list[Packed] = []
    at = 0
    while at < len(rows):
        file, following = _file(rows, at)
        if file is None:
            kept.append(rows[at])
        else:
            found.append(file)
            kept.append(f"[{file.name}]".encode())
        at = following
    return (b"\n".join(kept), found) if found else (content, [])


def _file(rows: list[bytes], at: int) -> tuple[Packed | None, int]:
    """The file that begins on this line, and the line behind it; none, and the next line."""
    for begins, body in ((_BEGINS, _uuencoded), (_Y_BEGINS, _yencoded)):
        if begun := begins.match(rows[at]):
            pieces, following, ended = body(rows, at + 1)
            if ended and any(pieces):
                name = line(decoded(begun[1]), 200).strip(' "') or "file"
                return Packed(name, b"".join(pieces)), following
    return None, at + 1


def _uuencoded(rows: list[bytes], start: int) -> tuple[list[bytes], int, bool]:
    pieces: list[bytes] = []
    for at in range(start, len(rows)):
        row = rows[at].rstrip(b"\r")
        if row.strip() == b"end":
            return pieces, at + 1, True
        piece = _uu_line(row)
        if piece is None:
            return pieces, at, False
        pieces.append(piece)
    return pieces, len(rows), True


def _uu_line(row: bytes) -> bytes | None:
    """What one line holds; none when it is no such line. Spaces at its end may be lost or added."""
    if not row or row == b"`":
        return b""
    wanted = (row[0] - 32 & 63) * 4 // 3
    if not 32 <= row[0] <= 96 or not wanted - 4 <= len(row.rstrip()) - 1 <= wanted + 4:
        return b"" if not row.strip() else None
    try:
        return binascii.a2b_uu(row[: (wanted + 3) // 4 * 4 + 1])
    except binascii.Error:
        return None


def _yencoded(rows: list[bytes], start: int) -> tuple[list[bytes], int, bool]:
    for at in range(start, len(rows)):
        if rows[at].startswith(b"=yend "):
            return list(_y_lines(rows[start:at])), at + 1, True
        if rows[at].startswith(b"=ybegin "):
            break
    return [], len(rows), False


def _y_lines(rows: list[bytes]) -> Iterator[bytes]:
    for row in rows:
        if not row.startswith(b"=ypart "):
            plain = _Y_ESCAPED.sub(lambda found: bytes(((found[1][0] - 64) % 256,)), row.rstrip(b"\r"))
            yield plain.translate(_Y_SHIFTED)
