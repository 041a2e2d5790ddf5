"""Conversations and interactions."""

from uuid import UUID

import msgspec


class Found(msgspec.Struct, frozen=True):
    """A conversation that one of an arrival's keys names; the lowest rank is the best key."""

    arrival: int
    rank: int
    conversation_id: UUID
    customer_id: UUID


class Matter(msgspec.Struct, frozen=True):
    """The conversation an arrival belongs to; `opens` when this arrival is the one that opens it."""

    conversation_id: UUID
    customer_id: UUID
    token: str = ""
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
