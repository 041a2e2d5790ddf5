"""What an IMAP server answers to FETCH, as `imaplib` hands it on: lines, and pairs of line and literal."""

import re
from datetime import UTC, datetime

from msgspec import Struct

Lines = list[bytes | tuple[bytes, bytes]]

_NUMBER = {name: re.compile(rb"\b" + name + rb" (\d+)") for name in (b"UID", b"RFC822.SIZE")}
_DATE = re.compile(rb'INTERNALDATE "([^"]{20,30})"')


class Waiting(Struct, frozen=True):
    """A mail in the folder. `size` in bytes, `at` when it came there, in UTC."""

    uid: int
    size: int
    at: datetime


def listed(lines: Lines) -> list[Waiting]:
    """The mails listed, by UID; what the server says unasked beside them is no mail."""
    found = (_waiting(line) for line in lines if isinstance(line, bytes))
    return sorted((mail for mail in found if mail), key=lambda mail: mail.uid)


def contents(lines: Lines) -> dict[int, bytes]:
    """The literals by UID, which stands before or behind its literal."""
    found: dict[int, bytes] = {}
    for at, line in enumerate(lines):
        if isinstance(line, tuple):
            uid = _number(b"UID", line[0]) or _number(b"UID", _plain(lines[at + 1 : at + 2]))
            found[uid] = line[1]
    return found


def _waiting(line: bytes) -> Waiting | None:
    uid, size = _number(b"UID", line), _number(b"RFC822.SIZE", line)
    return Waiting(uid, size, _came_at(line)) if uid and size else None


def _number(name: bytes, line: bytes) -> int:
    found = _NUMBER[name].search(line)
    return int(found[1]) if found else 0


def _plain(lines: Lines) -> bytes:
    return b"".join(line for line in lines if isinstance(line, bytes))


def _came_at(line: bytes) -> datetime:
    """INTERNALDATE, as ` 3-Nov-2026 09:00:01 +0100`; the present where there is none that can be read."""
    found = _DATE.search(line)
    try:
        said_at = datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z") if found else None
    except ValueError:
        said_at = None
    return said_at.astimezone(UTC) if said_at else datetime.now(UTC)
