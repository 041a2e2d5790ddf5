"""Copies: one message by two inboxes stands once in the story; what we sent ourselves is no customer's.

The same message: the same name, sender, words and files. That only its name is the same is not enough: some
programs give all their messages one. The unique index on `once` decides between two workers.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from doorstep.conversations.model import Copied, KnownArrival
from doorstep.conversations.ours import own_forms
from doorstep.kernel import Signal
from doorstep.store import Connection, beside

sql = beside(__file__)

STANDING = sql["standing"].written
"""The statement that `standing` reads the rows of; asked with what else a batch needs to know."""


class Copy(msgspec.Struct, frozen=True):
    """An arrival, and the interaction by which it stands in the story."""

    signal_id: UUID
    interaction_id: UUID
    inbox_id: UUID
    received_at: datetime


class Standing(msgspec.Struct, frozen=True):
    """What is known of arrivals, by their place: which stand in the story already, and which are from us."""

    there: dict[int, UUID]
    ours: frozenset[int]


def once(signal: Signal) -> UUID | None:
    """What makes it the same message, whichever inbox it came by; none when it has no name."""
    if not signal.message_id:
        return None
    said = (signal.message_id, signal.sender.kind, signal.sender.value, signal.subject)
    files = [file.sha256 for file in signal.attachments]
    content = msgspec.json.encode((said, signal.text, signal.html, files))
    return UUID(bytes=hashlib.blake2b(content, digest_size=16).digest())


def forms_of(signal: Signal) -> Sequence[str]:
    """The forms of its sender's address that an inbox of ours may have."""
    return own_forms(signal.sender.value)


def standing(
    rows: Iterable[Sequence[Any]], onces: Sequence[UUID | None], forms: Sequence[Sequence[str]]
) -> Standing:
    """What is known of each arrival, by what makes it the same and by the forms of its sender's address."""
    known = [KnownArrival(*row) for row in rows]
    there = {row.once: row.interaction_id for row in known if row.interaction_id}
    ours = {row.address for row in known if row.address}
    return Standing(
        {n: there[key] for n, key in enumerate(onces) if key in there},
        frozenset(n for n, each in enumerate(forms) if not ours.isdisjoint(each)),
    )


async def sent_by_us(tx: Connection, names: Sequence[str]) -> dict[int, UUID]:
    """The replies of ours that have these names, by their place."""
    rows = await sql.tuples(tx, "sent_by_us", arrivals=list(range(len(names))), names=names)
    return dict(rows)


async def add_copies(tx: Connection, copies: Sequence[Copy]) -> list[Copied]:
    """Remember by which inboxes else an interaction came."""
    if not copies:
        return []
    return await sql.rows(
        tx,
        "add_copies",
        Copied,
        signal_ids=[c.signal_id for c in copies],
        interaction_ids=[c.interaction_id for c in copies],
        inbox_ids=[c.inbox_id for c in copies],
        received=[c.received_at for c in copies],
    )
