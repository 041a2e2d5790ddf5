"""The words of a signal by which an inbox learns: some hundreds of it, each known by a number. Pure."""

import re
import zlib

from doorstep.kernel import Signal

MOST = 400
LONGEST = 20_000
"""Characters that are looked at, of the text and of the HTML."""
NUMBERS = 1 << 20
"""So many different words an inbox can know, whatever is sent to it."""

_WORD = re.compile(r"[^\W_][\w'’$€£%!.-]{1,23}")
_HOST = re.compile(r"https?://(?:www\.)?([a-z0-9.-]{3,60})", re.I)
_LOUD = re.compile(r"\b[A-Z]{4,}\b")


def words_of(signal: Signal) -> dict[int, str]:
    """The distinct words, by number: of the subject, the sender, the links, and of what was written."""
    found: dict[int, str] = {}
    for word in _words(signal):
        found.setdefault(zlib.crc32(word.encode("utf-8", "replace")) % NUMBERS, word)
        if len(found) >= MOST:
            break
    return found


def _words(signal: Signal) -> list[str]:
    text, html = signal.text[:LONGEST], signal.html[:LONGEST]
    local, _, domain = signal.sender.value.rpartition("@")
    return [
        *(f"subject:{word.lower()}" for word in _WORD.findall(signal.subject[:500])),
        f"from:{domain}",
        *(["from:digits"] if sum(map(str.isdigit, local)) > 2 else []),
        *(f"link:{host.lower()}" for host in _HOST.findall(text + " " + html)[:40]),
        *(f"file:{file.media_type}" for file in signal.attachments[:10]),
        *(["loud"] if len(_LOUD.findall(text)) > 10 else []),
        *(["page only"] if html and not text.strip() else []),
        *(word.lower().rstrip(".-") for word in _WORD.findall(text)),
    ]
