"""Customers and the identities they are known by."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


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
