"""What a shop sends: one struct for each kind of row. `external_id` is the shop's own name for the thing.

References (`customer`, `order`, `product`, `location`) are external ids of the same source. `changed_at` says
when the row changed in the shop; a row older than what is here changes nothing.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from doorstep.commerce.model import Place

Id = Annotated[str, Meta(min_length=1, max_length=200)]
Ref = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=500)]
Title = Annotated[str, Meta(min_length=1, max_length=500)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Country = Annotated[str, Meta(pattern="^([A-Z]{2})?$")]
Language = Annotated[str, Meta(pattern="^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")]
Time = Annotated[datetime, Meta(tz=True)]
Money = Annotated[int, Meta(ge=-(10**15), le=10**15)]
Price = Annotated[int, Meta(ge=0, le=10**15)]
Some = Annotated[int, Meta(gt=0, le=10**15)]
Count = Annotated[int, Meta(gt=0, le=10**6)]

ParcelState = Literal["packed", "sent", "held", "out", "delivered", "lost", "returned"]
Step = Literal["packed", "sent", "sorted", "held", "out", "delivered", "lost", "returned"]


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every row has: a key, unique within its source and kind."""

    @property
    def key(self) -> str:
        """The shop's name for it."""
        return str(getattr(self, "external_id"))  # noqa: B009


class ProductRow(Row, frozen=True, kw_only=True):
    """Something that is sold."""

    external_id: Id
    sku: Text
    title: Title
    price_minor: Price
    currency: Currency
    changed_at: Time | None = None


class LocationRow(Row, frozen=True, kw_only=True):
    """A shop or a warehouse."""

    external_id: Id
    name: Title
    city: Text = ""
    country: Country = ""


class StockRow(Row, frozen=True, kw_only=True):
    """How much of a product lies at a location, and when that was so."""

    product: Id
    location: Id
    on_hand: Annotated[int, Meta(ge=-(10**9), le=10**9)]
    reserved: Annotated[int, Meta(ge=0, le=10**9)] = 0
    counted_at: Time

    @property
    def key(self) -> str:
        """Product and location."""
        return f"{self.product} @ {self.location}"


class CustomerRow(Row, frozen=True, kw_only=True):
    """A person, and the addresses the shop knows them by."""

    external_id: Id
    name: Text = ""
    city: Text = ""
    country: Country = ""
    language: Language = ""
    mailbox: Annotated[str, Meta(max_length=320, pattern=r"^(\s*[^@\s]+@[^@\s]+\s*)?$")] = ""
    number: Annotated[str, Meta(max_length=40)] = ""
    loyalty: Ref = ""
    handle: Ref = ""
    street: Text = ""
    house_no: Text = ""
    postcode: Text = ""
    birth_date: date | None = None
    created_at: Time | None = None
    changed_at: Time | None = None


class LineRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line item. It keeps the title and the price it was sold under."""

    title: Title
    quantity: Count = 1
    price_minor: Money
    product: Id | None = None


class OrderRow(Row, frozen=True, kw_only=True):
    """An order. `customer` or `mailbox` says whose; `lines` left out leaves the lines as they are."""

    external_id: Id
    order_no: Title
    customer: Id | None = None
    mailbox: Annotated[str, Meta(max_length=320)] | None = None
    placed_at: Time
    state: Literal["open", "fulfilled", "cancelled"] = "open"
    currency: Currency
    total_minor: Money
    shipping_minor: Money = 0
    promised_on: date | None = None
    ship_to: Place = Place()
    bill_to: Place = Place()
    lines: Annotated[tuple[LineRow, ...], Meta(max_length=1000)] | None = None
    changed_at: Time | None = None

    def __post_init__(self) -> None:
        if self.customer is None and self.mailbox is None:
            raise ValueError("say whose it is, by `customer` or by `mailbox` - at `$.customer`")


class PaymentRow(Row, frozen=True, kw_only=True):
    """Money that came in for an order."""

    external_id: Id
    order: Id
    happened_at: Time
    state: Literal["authorised", "paid", "failed", "voided"]
    method: Text
    amount_minor: Money
    currency: Currency
    changed_at: Time | None = None


class RefundRow(Row, frozen=True, kw_only=True):
    """Money that went back for an order."""

    external_id: Id
    order: Id
    happened_at: Time
    state: Literal["pending", "paid", "failed"]
    reason: Text = ""
    amount_minor: Some
    currency: Currency
    changed_at: Time | None = None


class TrackingRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that happened to a parcel."""

    happened_at: Time
    step: Step
    place: Text = ""
    detail: Text = ""


class ShipmentRow(Row, frozen=True, kw_only=True):
    """A parcel of an order. Its events are added to those already known; none is ever taken away."""

    external_id: Id
    order: Id
    carrier: Text
    tracking_no: Ref = ""
    location: Id | None = None
    state: ParcelState
    created_at: Time
    promised_on: date | None = None
    events: Annotated[tuple[TrackingRow, ...], Meta(max_length=1000)] = ()
    changed_at: Time | None = None


class ReturnedRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes back."""

    title: Title
    quantity: Count = 1


class ReturnRow(Row, frozen=True, kw_only=True):
    """Goods of an order coming back."""

    external_id: Id
    order: Id
    happened_at: Time
    state: Literal["asked", "sent", "received", "closed", "refused"]
    reason: Text = ""
    lines: Annotated[tuple[ReturnedRow, ...], Meta(max_length=1000)] = ()
    changed_at: Time | None = None
