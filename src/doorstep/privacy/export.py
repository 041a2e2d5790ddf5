"""Export: all that is known of a person, as JSON or as a page to read, a part at a time."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
from jinja2 import Environment, FileSystemLoader

from doorstep import pages
from doorstep.commerce import written
from doorstep.kernel import NotFound
from doorstep.kernel.cards import masked
from doorstep.privacy.gather import sql
from doorstep.store import Connection, Database

AT_ONCE: Final = 100
_FIRST: Final = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
_pages: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_pages.filters["money"] = written


class Exported(msgspec.Struct, frozen=True):
    """A line of the story, whole. `recipients` and `files` are JSON."""

    id: UUID
    happened_at: datetime
    channel: str
    direction: str
    sender_name: str
    sender: str
    agent: str
    recipients: bytes
    subject: str
    text: str
    html: str
    files: str


async def check_there(on: Connection, customer_ids: Sequence[UUID]) -> None:
    """Raises `NotFound`."""
    if await sql.value(on, "name_of", id=customer_ids[0]) is None:
        raise NotFound("There is no such customer.")


async def as_json(db: Database, customer_ids: Sequence[UUID], now: datetime) -> AsyncIterator[bytes]:
    """One object: what is known, and `messages`, oldest first."""
    async with db.snapshot() as on:
        facts = await _facts(on, customer_ids)
        yield msgspec.json.encode({"exported_at": now, **facts})[:-1] + b',"messages":['
        comma = b""
        async for line in _lines(on, customer_ids):
            yield comma + msgspec.json.encode(_message(line))
            comma = b","
        yield b"]}"


async def as_html(db: Database, customer_ids: Sequence[UUID], now: datetime) -> AsyncIterator[bytes]:
    """The same as a page that needs nothing from elsewhere."""
    head, message, foot = (
        _pages.get_template(f"export_{part}.html.jinja") for part in ("head", "message", "foot")
    )
    async with db.snapshot() as on:
        yield head.render(now=now, **await _facts(on, customer_ids)).encode()
        async for line in _lines(on, customer_ids):
            yield message.render(m=_message(line)).encode()
        yield foot.render().encode()


async def _facts(on: Connection, customer_ids: Sequence[UUID]) -> dict[str, Any]:
    found: str | None = await sql.value(on, "exported", customer_ids=list(customer_ids))
    facts: dict[str, Any] = msgspec.json.decode(masked(found or "{}"))
    return facts


async def _lines(on: Connection, customer_ids: Sequence[UUID]) -> AsyncIterator[Exported]:
    after = _FIRST
    while True:
        rows = await sql.rows(
            on,
            "exported_messages",
            Exported,
            customer_ids=list(customer_ids),
            after_at=after[0],
            after_id=after[1],
            most=AT_ONCE,
        )
        for row in rows:
            yield row
        if len(rows) < AT_ONCE:
            return
        after = (rows[-1].happened_at, rows[-1].id)


def _message(line: Exported) -> dict[str, Any]:
    to = msgspec.json.decode(line.recipients)
    text = line.text or (pages.text_of(line.html) if line.html else "")
    return {
        "id": line.id,
        "happened_at": line.happened_at,
        "channel": line.channel,
        "direction": line.direction,
        "from": {"name": line.sender_name, "value": line.sender} if line.sender else {"name": line.agent},
        "to": to[0] if to else [],
        "cc": to[1] if to else [],
        "subject": masked(line.subject),
        "text": masked(text),
        "attachments": msgspec.json.decode(line.files),
    }
