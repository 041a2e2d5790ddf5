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
    channel: str
    whole_id: UUID
    """The conversation that is listed for it."""
    own_id: UUID
    """The one that would be, if nobody were merged."""


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
    """The conversation an arrival belongs to; `opens` when this arrival is the one that opens it.

    `joins`: it goes on in that matter of another record of the same person. `asks`: the matters it may be.
    """

    conversation_id: UUID
    customer_id: UUID
    opens: bool = False
    joins: UUID | None = None
    asks: tuple[UUID, ...] = ()


class Bumped(msgspec.Struct, frozen=True):
    """A conversation that something was added to; `woke` when it is listed and was not open before."""

    id: UUID
    queue_id: UUID
    woke: bool
    joined_to: UUID | None


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
    follow_up_at: datetime | None


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
    conversation_id: UUID


class ReplyAddresses(msgspec.Struct, frozen=True):
    """To whom a reply goes unless the agent says otherwise, and under which subject."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""


class JoinedPart(msgspec.Struct, frozen=True):
    """A conversation that is joined with others, by the link that undo ends."""

    id: UUID
    matter: str
    channel: str
    customer_name: str
    opened_at: datetime
    link_id: UUID | None
    evidence: str
    by_name: str | None
    linked_at: datetime | None


class Split(msgspec.Struct, frozen=True):
    """That this conversation was taken out of another."""

    id: UUID
    from_id: UUID
    from_matter: str
    by_name: str | None
    split_at: datetime


class Candidate(msgspec.Struct, frozen=True):
    """A matter that a new one may go on in."""

    id: UUID
    matter: str
    channel: str
    state: str
    last_at: datetime
    orders: list[str]


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
    follow_up_at: datetime | None = None
    """When a waiting one comes back by itself."""
    parts: list[UUID] = []
    """All the conversations that it is made of."""
    joined: list[JoinedPart] = []
    """The conversations that are one matter in this one."""
    split: list[Split] = []
    """What was taken out of another conversation into this one."""
    question: list[Candidate] = []
    """The matters it may go on in: the desk asks."""


class Released(msgspec.Struct, frozen=True):
    """A conversation that was somebody's, and is nobody's now."""

    id: UUID
    customer_id: UUID
    is_listed: bool


class Changed(msgspec.Struct, frozen=True):
    """A conversation whose state was changed, as it was and as it is."""

    id: UUID
    customer_id: UUID
    queue_id: UUID
    was: str
    is_now: str
    is_listed: bool
