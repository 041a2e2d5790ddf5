"""Records and orders of the exchange format, as a shop's rows."""

from datetime import UTC, datetime
from typing import Any

from doorstep.cli.stream.lines import Atlas, Fields, day_of, inner, needed, place_of, text, time_of
from doorstep.customers import mailbox_of, region_of

ORDERS = "orders"
"""The source of customers that are known from their orders alone."""


def mailbox_in(data: Fields) -> str:
    """The mailbox that a line says, normalised; empty when it says none."""
    return mailbox_of(text(data, "email"))


def customer_row(data: Fields, atlas: Atlas) -> dict[str, Any]:
    """A record, as a customer of its source."""
    mailbox, city, country = text(data, "email"), text(data, "city"), text(data, "country")
    return {
        "external_id": needed(data, "record_id"),
        "name": text(data, "name"),
        "mailbox": mailbox_of(mailbox),
        "number": atlas.number(text(data, "phone", 40), mailbox, city, country),
        "street": text(data, "street"),
        "house_no": text(data, "house_no"),
        "postcode": text(data, "postcode"),
        "city": city,
        "country": region_of(country),
        "birth_date": day_of(data, "birth_date"),
        "loyalty": text(data, "loyalty_no", 200),
        "handle": text(data, "handle", 200),
        "created_at": time_of(data, "created_at"),
    }


def buyer_row(data: Fields, atlas: Atlas) -> dict[str, Any]:
    """Who an order says that they are, as a customer of the orders."""
    place = inner(data, "bill_to") or inner(data, "ship_to")
    number = needed(data, "order_no")
    said = {"record_id": number, "email": data.get("email"), "phone": data.get("phone")}
    return customer_row(place | said, atlas)


def order_row(data: Fields) -> dict[str, Any]:
    """The order itself."""
    number = needed(data, "order_no")
    items = [item for item in data.get("items") or () if isinstance(item, dict)]
    lines = [_line(item) for item in items]
    total = sum(_whole(item, "quantity", 1) * _whole(item, "price_minor", 0) for item in items)
    return {
        "external_id": number,
        "order_no": number,
        "customer": number,
        "placed_at": time_of(data, "placed_at") or datetime.now(UTC),
        "currency": text(data, "currency").upper() or "EUR",
        "total_minor": total,
        "ship_to": place_of(inner(data, "ship_to")),
        "bill_to": place_of(inner(data, "bill_to")),
        "lines": lines,
    }


def _line(item: Fields) -> dict[str, Any]:
    return {
        "title": text(item, "name") or "?",
        "quantity": _whole(item, "quantity", 1) or 1,
        "price_minor": _whole(item, "price_minor", 0),
    }


def _whole(fields: Fields, name: str, other: int) -> int:
    found = fields.get(name)
    return found if isinstance(found, int) and 0 <= found < 10**12 else other
