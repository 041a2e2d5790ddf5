"""What is erased, and what stays to tell of it."""

from datetime import datetime
from uuid import UUID

import msgspec


class ErasurePreview(msgspec.Struct, frozen=True):
    """What would go, by kind. `state` names just that. `blocked`: why it cannot be erased now, if so."""

    name: str
    counts: dict[str, int]
    state: str
    blocked: str = ""


class Erase(msgspec.Struct, frozen=True):
    """What somebody confirmed: the customer's name, typed, and the state they were shown."""

    name: str
    state: str


class Line(msgspec.Struct, frozen=True):
    """A line of the person's, in their own story or in somebody else's."""

    id: UUID
    received_at: datetime
    message_id: str
    delivery: str


class Known(msgspec.Struct, frozen=True):
    """An address of the person."""

    kind: str
    value: str


class Waiting(msgspec.Struct, frozen=True):
    """A signal that stands in no story and names one of the addresses; `signal` says whether it is theirs."""

    signal_id: UUID
    received_at: datetime
    inbox_id: UUID
    is_counted: bool
    """Whether something else counts that it came, once it is erased."""
    signal: bytes


class Shop(msgspec.Struct, frozen=True):
    """What a shop calls the person."""

    source: str
    external_id: str


class Shut(msgspec.Struct, frozen=True):
    """A conversation that is over because its customer is erased."""

    queue_id: UUID
    was_open: bool


class Tombstone(msgspec.Struct, frozen=True):
    """That somebody was erased, and by what they are known again; a line of the list beside the files."""

    id: UUID
    at: datetime
    customer_ids: list[UUID]
    keys: list[str]
    seen: list[str]


class Person(msgspec.Struct, frozen=True):
    """All of a person that is to be erased."""

    customer_ids: list[UUID]
    known: list[Known]
    lines: list[Line]
    copies: list[tuple[UUID, datetime]]
    waiting: list[Waiting]

    @property
    def line_ids(self) -> list[UUID]:
        """Their lines."""
        return [line.id for line in self.lines]

    @property
    def signals(self) -> list[tuple[UUID, datetime]]:
        """Everything in the journal that may be theirs."""
        return [
            *((line.id, line.received_at) for line in self.lines),
            *self.copies,
            *((one.signal_id, one.received_at) for one in self.waiting),
        ]
