"""Customers, the identities they are known by, and how we know."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

import msgspec

from doorstep.kernel import Address


class Known(msgspec.Struct, frozen=True):
    """Whose an address is."""

    kind: str
    value: str
    customer_id: UUID
    identity_id: UUID


class LinkRow(msgspec.Struct, frozen=True):
    """That two records are one person: who leads (`one`), who is shown with it, and who says so."""

    id: UUID
    one_id: UUID
    one_name: str
    other_id: UUID
    other_name: str
    evidence: str
    why: str
    by_name: str | None
    linked_at: datetime
    ended_at: datetime | None
    ended_by_name: str | None
    reasons: str


class Link(msgspec.Struct, frozen=True):
    """That two records are one person: who leads (`one`), who is shown with it, who says so and why."""

    id: UUID
    one_id: UUID
    one_name: str
    other_id: UUID
    other_name: str
    evidence: str
    why: str
    reasons: list[Any]
    by_name: str | None
    linked_at: datetime
    ended_at: datetime | None
    ended_by_name: str | None


class Holding(msgspec.Struct, frozen=True):
    """A link, as it counts for who is shown as whom."""

    id: UUID
    one_id: UUID
    other_id: UUID
    ended_at: datetime | None


class PreviewIdentity(msgspec.Struct, frozen=True):
    """One way to know somebody."""

    kind: str
    value: str
    evidence: str


class PreviewSide(msgspec.Struct, frozen=True):
    """What one of the two would bring."""

    id: UUID
    name: str
    city: str
    country: str
    language: str
    created_at: datetime
    records: int
    identities: list[PreviewIdentity]
    order_numbers: list[str]
    orders: int
    conversations: int
    open_conversations: int


class Difference(msgspec.Struct, frozen=True):
    """What the two say differently; `field` is its name, and the first one's is shown."""

    field: str
    one: str
    other: str


class MergePreview(msgspec.Struct, frozen=True):
    """What would be joined; `is_one`: they are one person already."""

    one: PreviewSide
    other: PreviewSide
    differences: list[Difference]
    is_one: bool


class Found(msgspec.Struct, frozen=True):
    """An address as the first look finds it. No customer: look again; `is_shared`: others use it too."""

    kind: str
    value: str
    customer_id: UUID | None
    identity_id: UUID | None
    name: str
    is_shared: bool


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an arrival is from, and all it says of that.

    `mailbox`: one that is said to be theirs, by whoever comes otherwise; `answers`: what it answers.
    """

    id: UUID
    address: Address
    attested: Mapping[str, str] = {}
    mailbox: str = ""
    text: str = ""
    orders: tuple[str, ...] = ()
    answers: str = ""
    inbox_id: UUID | None = None
    region: str = ""


class Trust(IntEnum):
    """How far a key leads by itself."""

    WEAK = 0
    """To one holder whose name does not speak against it."""
    NEEDS = 1
    """Never alone: an office's mailbox, a number that nobody vouches for."""
    OWN = 2
    """To its one holder."""
    SIGNED = 3
    """To its one holder, whatever else is said."""


class Key(msgspec.Struct, frozen=True):
    """One key of an arrival, and the words for it."""

    kind: str
    value: str
    trust: Trust
    words: str
    confidence: float


class Holder(msgspec.Struct, frozen=True):
    """Somebody who has a key. `lead_id`: whom this customer is shown as."""

    kind: str
    value: str
    customer_id: UUID
    lead_id: UUID
    name: str
    since: datetime
    identity_id: UUID | None


class Hint(msgspec.Struct, frozen=True):
    """What an arrival mentions: an order or a message, whose it is, and the names and postcodes with it."""

    n: int
    what: str
    customer_id: UUID
    lead_id: UUID
    name: str
    other_name: str
    postcode: str
    other_postcode: str


class Choice(msgspec.Struct, frozen=True):
    """Whose an arrival is. None: somebody new; `is_question`: an agent should ask who."""

    customer_id: UUID | None
    confidence: float
    reasons: tuple[str, ...]
    is_question: bool = False
