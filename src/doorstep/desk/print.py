"""Print: a conversation as one page of paper, without any script."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from doorstep.conversations import Head, head_of
from doorstep.customers import members
from doorstep.desk.cursor import FIRST
from doorstep.desk.model import PrintedLine
from doorstep.desk.sql import sql
from doorstep.kernel import Address
from doorstep.people import Me
from doorstep.store import Connection

FOLDER: Final = Path(__file__).parent
MOST: Final = 500
"""Entries on one paper."""
LARGEST: Final = 2_000_000
"""Characters after which no further entry is read."""
AT_ONCE: Final = 25
LONGEST: Final = 100_000
"""Characters of one entry."""
ORDERS: Final = 500

_STYLE: Final = f"\n{FOLDER.joinpath('print.css').read_text()}"
_hash = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_hash}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The page's content security policy: its own style, and nothing else."""

_QUOTED = re.compile(r"(?:^>.*(?:\n|\Z))+", re.M)
_WORD = re.compile(r"[\w#/-]+")
_pages: Final = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_pages.filters["time"] = lambda at: at.astimezone(UTC).strftime("%-d %B %Y, %H:%M")
Recipients = tuple[tuple[Address, ...], tuple[Address, ...]]


class PrintedFile(msgspec.Struct, frozen=True):
    """A file, as the paper names it."""

    name: str
    size: int


class PrintedPart(msgspec.Struct, frozen=True):
    """Some of the words; `is_quoted`: not newly written."""

    words: str
    is_quoted: bool


class Paper(msgspec.Struct, frozen=True):
    """A page to be printed, and whose it is."""

    customer_id: UUID
    html: str


async def print_out(
    on: Connection, conversation_id: UUID, me: Me, with_notes: bool, now: datetime, most: int = MOST
) -> Paper:
    """Whose it is, and the whole page. Raises `NotFound`."""
    head = await head_of(on, conversation_id)
    customers = await members(on, head.customer_id)
    lines = await _lines(on, conversation_id, with_notes, most)
    shown = _pages.get_template("print.html.jinja").render(
        head=head,
        identities=[row[0] for row in await sql.tuples(on, "addresses_of", customer_ids=customers)],
        orders=await _orders_named(on, head, customers, lines),
        lines=[_entry(line, head) for line in lines[:most]],
        is_cut=len(lines) > most or _is_full(lines),
        style=Markup(_STYLE),  # noqa: S704 - our own file
        with_notes=with_notes,
        me=me,
        now=now,
    )
    return Paper(head.customer_id, shown)


async def _lines(on: Connection, conversation_id: UUID, with_notes: bool, most: int) -> list[PrintedLine]:
    """Its entries, oldest first: at most one more than `most`, and no more once they are large."""
    found: list[PrintedLine] = []
    after_at, after_id = FIRST
    while len(found) <= most and not _is_full(found):
        part = await sql.rows(
            on,
            "printed",
            PrintedLine,
            conversation_id=conversation_id,
            with_notes=with_notes,
            after_at=after_at,
            after_id=after_id,
            longest=LONGEST,
            most=min(AT_ONCE, most + 1 - len(found)),
        )
        if not part:
            break
        found += part
        after_at, after_id = part[-1].happened_at, part[-1].id
    return found


def _is_full(lines: Sequence[PrintedLine]) -> bool:
    return sum(len(line.text) for line in lines) > LARGEST


async def _orders_named(
    on: Connection, head: Head, customers: Sequence[UUID], lines: Sequence[PrintedLine]
) -> list[str]:
    """The customer's orders whose numbers stand in it."""
    rows = await sql.tuples(on, "order_numbers", customer_ids=list(customers), most=ORDERS)
    written = " ".join([head.matter, *(f"{line.subject} {line.text}" for line in lines)]).casefold()
    words = {word.lstrip("#") for word in _WORD.findall(written)}
    return [row[0] for row in rows if row[0].casefold().lstrip("#") in words]


def _entry(line: PrintedLine, head: Head) -> dict[str, object]:
    """An entry as the page shows it."""
    nobody: Recipients = ((), ())
    to, cc = msgspec.json.decode(line.recipients, type=Recipients) if line.recipients != b"[]" else nobody
    ours = line.agent_name or head.inbox_name
    theirs = " ".join(filter(None, (line.sender_name, line.sender_value and f"<{line.sender_value}>")))
    return msgspec.structs.asdict(line) | {
        "who": theirs or head.customer_name if line.direction == "in" else ours,
        "to": to,
        "cc": cc,
        "parts": list(parts(line.text, line.said)),
        "is_cut": line.length > LONGEST,
        "files": msgspec.json.decode(line.files, type=list[PrintedFile]),
    }


def parts(text: str, said: str) -> Iterator[PrintedPart]:
    """Every word of it, in order: what was newly written, and what is quoted or signed."""
    before, new, after = text.partition(said) if said.strip() else ("", text, "")
    if said.strip() and not new:
        yield from _told(said, True)
        before = text
    yield from _told(before, False)
    yield from _told(new, True)
    yield from _told(after, False)


def _told(words: str, is_new: bool) -> Iterator[PrintedPart]:
    at = 0
    for quoted in _QUOTED.finditer(words) if is_new else ():
        yield from _part(words[at : quoted.start()], not is_new)
        yield from _part(quoted[0], True)
        at = quoted.end()
    yield from _part(words[at:], not is_new)


def _part(words: str, is_quoted: bool) -> Iterator[PrintedPart]:
    if words.strip():
        yield PrintedPart(words.strip("\r\n"), is_quoted)
