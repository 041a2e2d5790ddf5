"""Where the mails of an mbox begin and end, in whichever dialect it is written.

A mail begins with a line `From …` after an empty line. Of the dialects (RFC 4155, and qmail's mbox(5)) mboxo
and mboxrd quote lines of a mail that look so, mboxcl and mboxcl2 tell its length instead; many programs do
neither. So a line counts only where headers follow it, and a length only where it leads to the next one.
"""

import re
from collections.abc import Iterator

import msgspec

from doorstep.channels.email.archive.region import Region

HEAD = 256 * 1024
LOOK = 4096

_BEGIN = b"\nFrom "
_DATED = re.compile(rb"From (?=.{0,300}\b\d{1,2}:\d\d)(?=.{0,300}\b(?:19|20)\d\d\b)")
_HEADER = re.compile(rb"(?:>?From [^\n]*\n)*[!-9;-~]{1,200}[ \t]*:")
_USUAL = re.compile(
    rb"(?:>?From [^\n]*\n)*(?:x-[!-9;-~]*|arc-[!-9;-~]*|return-path|received|delivered-to|date|from|to|cc|"
    rb"subject|message-id|mime-version|content-[a-z-]*|status|dkim-signature|authentication-results|reply-to|sender|"
    rb"in-reply-to|references|list-[a-z-]*|envelope-to|received-spf):",
    re.IGNORECASE,
)
"""What may follow a line that has no date: anybody may begin a sentence with From."""
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BARE = re.compile(rb"^From ", re.MULTILINE)
_BODY = re.compile(rb"\r?\n\r?\n")


class Span(msgspec.Struct, frozen=True):
    """One mail in an mbox: its bytes without the line it begins with, and the start of its headers."""

    start: int
    size: int
    head: bytes


def spans(region: Region) -> Iterator[Span]:
    """Every mail of it, in order."""
    began: int | None = None
    passed = 0
    head = b""
    for at in _lines(region):
        if at < passed or not _begins(region, at):
            continue
        if began is not None:
            yield _span(region, began, at, head)
        began = at
        head, passed = _head(region, at)
    if began is not None:
        yield _span(region, began, region.size, head)
    elif region.size:
        yield Span(0, region.size, region.head(HEAD))


def unquoted(raw: bytes) -> bytes:
    """A mail as it was before it came into an mbox. One with bare `From ` lines was never quoted."""
    if b">From " not in raw or _BARE.search(raw):
        return raw
    return _QUOTED.sub(rb"\1", raw)


def _lines(region: Region) -> Iterator[int]:
    """Where lines begin with `From `."""
    carried, base = b"\n", -1
    for chunk in region.chunks():
        data = carried + chunk
        found = data.find(_BEGIN)
        while found >= 0:
            yield base + found + 1
            found = data.find(_BEGIN, found + 1)
        carried = data[-(len(_BEGIN) - 1) :]
        base += len(data) - len(carried)


def _begins(region: Region, at: int) -> bool:
    """Whether a mail begins there: headers follow, and an empty line comes before, or the line has a date."""
    line, newline, following = region.part(at, LOOK).partition(b"\n")
    if not newline or not _HEADER.match(following):
        return False
    if at == 0 or not _after_empty(region.part(max(0, at - 4), min(4, at))):
        return at == 0 or bool(_DATED.match(line))
    return bool(_DATED.match(line) or _USUAL.match(following))


def _after_empty(before: bytes) -> bool:
    return before.endswith((b"\n\n", b"\n\r\n")) or before in (b"\n", b"\r\n")


def _head(region: Region, at: int) -> tuple[bytes, int]:
    """The headers of the mail there, and up to where its length says that no other begins."""
    raw = region.part(at, HEAD)
    skipped = raw.find(b"\n") + 1
    end = _BODY.search(raw, skipped)
    head = raw[skipped : end.end()] if end else raw[skipped:]
    told = _LENGTH.search(head)
    if not (told and end):
        return head, 0
    until = at + end.end() + int(told[1])
    return head, until if _ends(region, until) else 0


def _ends(region: Region, at: int) -> bool:
    if at > region.size:
        return False
    following = region.part(at, LOOK)
    return not following.strip() or following.lstrip(b"\r\n").startswith(b"From ")


def _span(region: Region, began: int, end: int, head: bytes) -> Span:
    first = region.part(began, LOOK)
    start = began + (first.find(b"\n") + 1 or len(first))
    last = region.part(max(start, end - 2), min(2, end - start))
    empty = 2 if last == b"\r\n" else 1 if last.endswith(b"\n") else 0
    before = region.part(max(start, end - empty - 1), 1)
    return Span(start, end - start - (empty if empty and before == b"\n" else 0), head)
