"""Customers and the identities they are known by."""

from uuid import UUID

import msgspec


class Known(msgspec.Struct, frozen=True):
    """Whose an address is."""

    kind: str
    value: str
    customer_id: UUID
    identity_id: UUID
