"""What is in an archive: each mail with its place, its time and its names, from its headers alone."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from doorstep.channels.email.archive.found import found
from doorstep.channels.email.archive.left_out import flagged, left_out
from doorstep.channels.email.archive.mbox import HEAD, spans, unquoted
from doorstep.channels.email.archive.region import Region, read
from doorstep.channels.email.dates import long_ago
from doorstep.channels.email.headers import read as read_headers
from doorstep.channels.email.reading import LARGEST
from doorstep.channels.email.threads import answered, earlier, message_ids, references
from doorstep.kernel import Bounds, Invalid, Kept

NO_MAIL = "This file is no mail, and there are none in it."
MOST_NAMES = 12
"""Names kept of what a mail answers: its nearest ones, and the first of all."""

_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\n]{0,500}\n)?[!-9;-~]{1,200}[ \t]*:")
_NAMED = (".eml", ".mbox", ".mbx", ".mbs")


def kept(paths: Sequence[Path], unpacked: Path, bounds: Bounds, now: datetime) -> Iterator[Kept]:
    """Every mail, in the order they stand. Raises `Invalid` when there is nothing, or too much."""
    for region, wrong in found(paths, unpacked, bounds):
        if wrong or not region.size:
            yield _refused(region, wrong or "The file is empty.", now)
        else:
            yield from _mails(region, now)


def content(one: Kept) -> bytes:
    """The bytes of one, as it was before it was kept. Raises `Invalid`."""
    if one.size > LARGEST:
        raise Invalid(f"The mail has {one.size:,} bytes; we read up to {LARGEST:,}.")
    try:
        raw = read(one.path, one.offset, one.size)
    except OSError as error:
        raise Invalid(f"The file cannot be read any more: {error.strerror}.") from error
    if len(raw) < one.size:
        raise Invalid("The file has become shorter while it was read.")
    return unquoted(raw) if one.is_quoted else raw


def _mails(region: Region, now: datetime) -> Iterator[Kept]:
    name, head = PurePosixPath(region.name), region.head(4096)
    is_maildir = name.parent.name in ("cur", "new")
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"From ") or name.suffix.lower() in _NAMED[1:]:
        for span in spans(region):
            place = f"{region.name}:{span.start}"
            yield _mail(region, place, span.start, span.size, span.head, now, is_quoted=True)
    elif is_maildir or name.suffix.lower() == _NAMED[0] or _HEADER.match(head):
        wrong = flagged(name.name) if is_maildir else ""
        yield _mail(region, region.name, 0, region.size, region.head(HEAD), now, wrong=wrong)
    else:
        yield _refused(region, NO_MAIL, now)


def _mail(
    region: Region,
    place: str,
    start: int,
    size: int,
    head: bytes,
    now: datetime,
    is_quoted: bool = False,
    wrong: str = "",
) -> Kept:
    headers, _ = read_headers(head, 0, len(head))
    names = message_ids(headers.said("message-id"))
    answers = references(answered(headers), earlier(headers))
    if len(answers) > MOST_NAMES:
        answers = (*answers[: MOST_NAMES - 1], answers[-1])
    return Kept(
        place=place,
        path=region.path,
        offset=region.start + start,
        size=size,
        is_quoted=is_quoted,
        name=names[0] if names else "",
        references=answers,
        happened_at=long_ago(headers, now, datetime.fromtimestamp(region.changed_at, UTC)),
        wrong=wrong or left_out(headers),
    )


def _refused(region: Region, wrong: str, now: datetime) -> Kept:
    return Kept(place=region.name, wrong=wrong, happened_at=now)
