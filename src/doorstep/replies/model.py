"""Replies and notes."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Address


class NewReply(msgspec.Struct, frozen=True):
    """What an agent wants to say. Without addresses it goes to whoever was last heard.

    `id`: a UUIDv7 made by whoever sends it, so that a reply sent again is the same reply.
    """

    text: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    id: UUID | None = None


class NewNote(msgspec.Struct, frozen=True):
    """A word among ourselves."""

    text: str


class Reply(msgspec.Struct, frozen=True):
    """A reply on its way; until `send_at` it can be taken back."""

    id: UUID
    conversation_id: UUID
    send_at: datetime
    state: str


class Note(msgspec.Struct, frozen=True):
    """A note that was written."""

    id: UUID


class Queued(msgspec.Struct, frozen=True):
    """A reply as it is stored. `recipients` is the JSON of (to, cc)."""

    id: UUID
    customer_id: UUID
    conversation_id: UUID
    inbox_id: UUID
    channel: str
    subject: str
    text: str
    recipients: bytes
    message_id: str
    delivery: str
    send_at: datetime | None
    happened_at: datetime
    is_automatic: bool
    """Nobody here wrote it."""

    @property
    def addresses(self) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
        """To whom, and to whom in copy."""
        return msgspec.json.decode(self.recipients, type=tuple[tuple[Address, ...], tuple[Address, ...]])


class Standing(msgspec.Struct, frozen=True):
    """What stands under a reply's id. `recipients` is the JSON of (to, cc)."""

    conversation_id: UUID
    direction: str
    agent_id: UUID | None
    subject: str
    text: str
    recipients: bytes
    delivery: str
    send_at: datetime | None


class CameBack(msgspec.Struct, frozen=True):
    """A reply that could not be delivered after all."""

    id: UUID
    customer_id: UUID
    conversation_id: UUID


class Returned(msgspec.Struct, frozen=True):
    """A conversation that came back on the desk; `woke` when it was not open."""

    queue_id: UUID
    woke: bool
