"""What the desk sees of a customer's orders, and what a shop is answered. Money is in minor units."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class Place(msgspec.Struct, frozen=True):
    """A postal address."""

    name: str = ""
    street: str = ""
    house_no: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


class StockAt(msgspec.Struct, frozen=True):
    """What can be sold of a product at one location: on hand, less what is reserved."""

    location: str
    available: int


class Line(msgspec.Struct, frozen=True):
    """A line item, with the stock of its product by location; no stock where the product is unknown."""

    title: str
    sku: str
    quantity: int
    price_minor: int
    stock: tuple[StockAt, ...]


class Payment(msgspec.Struct, frozen=True):
    """Money coming in: authorised, paid, failed or voided."""

    id: UUID
    happened_at: datetime
    state: str
    method: str
    amount_minor: int
    currency: str


class Refund(msgspec.Struct, frozen=True):
    """Money going back: pending, paid or failed."""

    id: UUID
    happened_at: datetime
    state: str
    reason: str
    amount_minor: int
    currency: str


class Tracking(msgspec.Struct, frozen=True):
    """One thing that happened to a parcel."""

    happened_at: datetime
    step: str
    place: str
    detail: str


class Shipment(msgspec.Struct, frozen=True):
    """A parcel: packed, sent, held, out, delivered, lost or returned; its events oldest first."""

    id: UUID
    carrier: str
    tracking_no: str
    state: str
    created_at: datetime
    promised_on: date | None
    events: tuple[Tracking, ...]


class Return(msgspec.Struct, frozen=True):
    """Goods coming back: asked, sent, received, closed or refused."""

    id: UUID
    happened_at: datetime
    state: str
    reason: str


class Order(msgspec.Struct, frozen=True):
    """An order with all that hangs on it, as the 360° view shows it."""

    id: UUID
    order_no: str
    placed_at: datetime
    state: str
    currency: str
    total_minor: int
    shipping_minor: int
    promised_on: date | None
    ship_to: Place
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    shipments: tuple[Shipment, ...]
    returns: tuple[Return, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What a statement did with the `n`th row, from 1: changed it (`id`), or misses what `missing` names.

    A row without an outcome was already so.
    """

    n: int
    id: UUID | None
    customer_id: UUID | None
    missing: str | None


class Refusal(msgspec.Struct, frozen=True):
    """A row that did not go in. `row` counts from 1; in a file it is the line."""

    row: int
    key: str
    field: str
    reason: str


class Report(msgspec.Struct, frozen=True):
    """What became of the rows: `accepted` changed something, `unchanged` were already so."""

    accepted: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.accepted + other.accepted,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )
