"""A signal: what arrives at the edge, before we know whose it is."""

import hashlib
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

import msgspec

from doorstep.kernel.address import Address

LANES = 1 << 31


class Priority(IntEnum):
    """The class a signal travels in. Each has its share of every batch (`spine/claim.py`)."""

    LIVE = 0
    NORMAL = 1
    BULK = 2


class Kind(StrEnum):
    """Who speaks: a person, or a machine on its own account."""

    MESSAGE = "message"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"


class Attachment(msgspec.Struct, frozen=True):
    """A file that came along. `sha256` names it in the file store, where it lies before `accept`."""

    name: str
    media_type: str
    size: int
    sha256: str
    content_id: str = ""
    inline: bool = False


class Returned(msgspec.Struct, frozen=True):
    """What a bounce tells of: whom it missed, which messages came back, and why (RFC 3464)."""

    address: str = ""
    message_ids: tuple[str, ...] = ()
    is_final: bool = True
    """False when the other side goes on trying."""
    detail: str = ""


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One thing somebody said or a machine reported, normalised by its channel.

    `external_id` is unique within its inbox and makes redelivery harmless. `message_id` is the channel's
    name for this message in its threads, `references` the names of the messages it answers, nearest first.
    `token` names the conversation outright when the channel carried one of ours. All times are UTC.
    """

    inbox_id: UUID
    channel: str
    external_id: str
    sender: Address
    happened_at: datetime
    kind: Kind = Kind.MESSAGE
    priority: Priority = Priority.NORMAL
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    """Whom the sender wants answers sent to, when not to the sender."""
    subject: str = ""
    text: str = ""
    """All that can be read, as somebody sees it who opens the message."""
    said: str = ""
    """What the person newly wrote, where that is less than `text`; empty: all of it."""
    html: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    token: str = ""
    orders: tuple[str, ...] = ()
    """Numbers of orders that it names outright, as a form has a field for."""
    attachments: tuple[Attachment, ...] = ()
    attested: dict[str, str] = {}
    """What the channel's own mechanism vouches for, as in `dkim: pass`; all else is what somebody said."""
    returned: Returned | None = None
    suspicion: str = ""
    """Why the channel takes it for unwanted, in words; empty: it does not."""
    is_past: bool = False
    """Moved in from elsewhere: it wakes nobody and is never answered by itself."""
    ours_to: Address | None = None
    """Of the past alone: one of us wrote it, to this customer."""

    def lane(self) -> int:
        """The queue this signal keeps its place in: its conversation's, else its sender's.

        What is moved in keeps the place of its thread, whose first message is the last that it names.
        """
        key = self.token or f"{self.sender.kind}:{self.sender.value}"
        if self.is_past:
            key = self.references[-1] if self.references else self.message_id or key
        return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) % LANES


class Arrival(msgspec.Struct, frozen=True):
    """A signal and the bytes it was read from."""

    signal: Signal
    raw: bytes


class Reading(msgspec.Struct, frozen=True):
    """What a slow look at a signal found: text from a page, words from a call, a signature checked.

    A reading goes the same way through the spine as the signal it belongs to, and is joined to it there.
    `name` says which look it was; a later reading of the same name replaces the earlier.
    """

    signal_id: UUID
    name: str
    text: str = ""
    sender: Address | None = None
    references: tuple[str, ...] = ()
    attested: dict[str, str] = {}
