"""Conversations and interactions."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Address


class Found(msgspec.Struct, frozen=True):
    """A conversation that one of an arrival's keys names; the lowest rank is the best key."""

    arrival: int
    rank: int
    conversation_id: UUID
    customer_id: UUID


class KnownArrival(msgspec.Struct, frozen=True):
    """Something known: the interaction by which one that is the same stands, or an address of ours."""

    once: UUID | None
    interaction_id: UUID | None
    address: str | None


class Copied(msgspec.Struct, frozen=True):
    """An interaction that came once more, and where it stands."""

    id: UUID
    customer_id: UUID
    conversation_id: UUID


class Matter(msgspec.Struct, frozen=True):
    """The conversation an arrival belongs to; `opens` when this arrival is the one that opens it."""

    conversation_id: UUID
    customer_id: UUID
    opens: bool = False


class Bumped(msgspec.Struct, frozen=True):
    """A conversation that something was added to; `woke` when it was not open before."""

    id: UUID
    queue_id: UUID
    woke: bool


class Filed(msgspec.Struct, frozen=True):
    """Where an interaction stands now."""

    id: UUID
    conversation_id: UUID
    customer_id: UUID


class Head(msgspec.Struct, frozen=True):
    """A conversation as it stands."""

    id: UUID
    customer_id: UUID
    customer_name: str
    inbox_id: UUID
    inbox_name: str
    inbox_address: str
    channel: str
    matter: str
    state: str
    agent_id: UUID | None
    agent_name: str | None
    opened_at: datetime
    last_at: datetime
    due_at: datetime | None
    reply_within_s: int
    unread: bool
    version: int
    channels: list[str]


class LastHeard(msgspec.Struct, frozen=True):
    """What was last heard in a conversation, and from whom."""

    id: UUID
    inbox_id: UUID
    channel: str
    subject: str
    recipients: bytes
    sender_kind: str | None
    sender_value: str | None
    sender_name: str | None


class ReplyAddresses(msgspec.Struct, frozen=True):
    """To whom a reply goes unless the agent says otherwise, and under which subject."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""


class Conversation(msgspec.Struct, frozen=True):
    """A conversation as the desk shows it. `version` goes with every change, so that nobody overwrites."""

    id: UUID
    customer_id: UUID
    customer_name: str
    inbox_id: UUID
    inbox_name: str
    inbox_address: str
    channel: str
    channels: list[str]
    matter: str
    state: str
    agent_id: UUID | None
    agent_name: str | None
    opened_at: datetime
    last_at: datetime
    due_at: datetime | None
    reply_within_s: int
    unread: bool
    version: int
    reply: ReplyAddresses
    refusal: str = ""
    """Why no answer may leave now: the customer's own choice, in words; empty: one may."""


class Released(msgspec.Struct, frozen=True):
    """A conversation that was somebody's, and is nobody's now."""

    id: UUID
    customer_id: UUID


class Changed(msgspec.Struct, frozen=True):
    """A conversation whose state was changed, as it was and as it is."""

    id: UUID
    customer_id: UUID
    queue_id: UUID
    was: str
    is_now: str
