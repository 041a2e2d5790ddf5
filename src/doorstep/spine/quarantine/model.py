"""What lies in quarantine, and what is known of senders."""

from datetime import datetime
from uuid import UUID

import msgspec


class Held(msgspec.Struct, frozen=True):
    """One that waits: where it came, from whom, how it begins, and why it is here.

    `was_shown`: it stood in a story until somebody marked it.
    """

    id: UUID
    signal_id: UUID
    inbox_id: UUID
    inbox_name: str
    channel: str
    received_at: datetime
    held_at: datetime
    sender_value: str
    sender_name: str
    subject: str
    beginning: str
    reason: str
    was_shown: bool


class Row(msgspec.Struct, frozen=True):
    """One that waits, as those need it who decide on it; `was_learnt`: the inbox learnt from it."""

    id: UUID
    signal_id: UUID
    received_at: datetime
    inbox_id: UUID
    state: str
    sender_value: str
    was_learnt: bool
    was_shown: bool


class Ground(msgspec.Struct, frozen=True):
    """What an inbox says of the sender of an arrival, if anything, and of how many mails it has learnt."""

    arrival: int
    inbox_id: UUID
    is_trusted: bool | None
    unwanted: int
    wanted: int


class Acquainted(msgspec.Struct, frozen=True):
    """A sender who is known here; `is_written`: and whom one of us has written to."""

    arrival: int
    is_written: bool


class KnownWord(msgspec.Struct, frozen=True):
    """In how many mails of an inbox a word was."""

    inbox_id: UUID
    word: int
    unwanted: int
    wanted: int


class Taken(msgspec.Struct, frozen=True):
    """A line that was taken out of a story, and where it stood; `left`: its conversation has no other."""

    interaction_id: UUID
    customer_id: UUID
    conversation_id: UUID
    queue_id: UUID
    was_open: bool
    is_open: bool


class SenderRule(msgspec.Struct, frozen=True):
    """Whom an inbox trusts or blocks: an address, or a domain as `@shop.example`."""

    pattern: str
    is_trusted: bool
