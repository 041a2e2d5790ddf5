"""The original: the very bytes that came, of an interaction or of what could not be shown."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Files, NotFound, Refused
from doorstep.spine.edge import sql
from doorstep.store import Connection

CHUNK = 256 * 1024


class Came(msgspec.Struct, frozen=True):
    """Which signal, by which channel, and whose it is, if that is known."""

    signal_id: UUID
    received_at: datetime
    channel: str
    customer_id: UUID | None


class Raw(msgspec.Struct, frozen=True):
    """The bytes that came, or the file they lie in."""

    raw: bytes | None
    raw_file: str | None
    sealed_at: datetime | None


async def of_interaction(on: Connection, interaction_id: UUID) -> Came:
    """The signal that an interaction was made from. Raises `NotFound`."""
    return _there(await sql.row(on, "came_as", Came, id=interaction_id))


async def of_undelivered(on: Connection, identifier: UUID) -> Came:
    """The signal that waits in undelivered. Raises `NotFound`."""
    return _there(await sql.row(on, "waits_as", Came, id=identifier))


async def original(on: Connection, files: Files, came: Came) -> AsyncIterator[bytes]:
    """Its bytes, a piece at a time. Raises `NotFound` when they are gone, `Refused` when they are sealed."""
    found = await sql.row(on, "raw", Raw, id=came.signal_id, received_at=came.received_at)
    if found is None or (found.raw is None and found.raw_file is None):
        raise NotFound("Its original is no longer here.")
    if found.sealed_at is not None:
        raise Refused("Its original holds a card number: it is sealed, and given to nobody.")
    return _once(found.raw) if found.raw is not None else await files.pieces(found.raw_file or "", CHUNK)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _there(came: Came | None) -> Came:
    if came is None:
        raise NotFound("There is no such message, or none that came from outside.")
    return came
