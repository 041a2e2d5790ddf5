"""The columns of a file become the fields of a row, whatever the other program calls them."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from doorstep.commerce.money import minor

Fields = dict[str, Any]

_PLACE = {
    f"{prefix}_{name}": f"ship_to.{field}"
    for prefix in ("ship_to", "ship", "shipping", "delivery")
    for name, field in [
        ("name", "name"), ("street", "street"), ("address", "street"), ("house_no", "house_no"),
        ("postcode", "postcode"), ("zip", "postcode"), ("postal_code", "postcode"), ("city", "city"),
        ("country", "country"),
    ]
}  # fmt: skip
_LINE = {
    "line_title": "lines.title", "item": "lines.title", "line_name": "lines.title",
    "line_quantity": "lines.quantity", "line_qty": "lines.quantity",
    "line_price": "lines.price", "line_price_minor": "lines.price_minor", "line_product": "lines.product",
}  # fmt: skip
_EVENT = {
    "event_at": "events.happened_at", "event_step": "events.step",
    "event_place": "events.place", "event_detail": "events.detail",
}  # fmt: skip
_EVERY = {"id": "external_id", "key": "external_id", "updated_at": "changed_at", "modified_at": "changed_at"}
_OF_ORDER = {"order_id": "order", "order_external_id": "order", "date": "happened_at", "status": "state"}

NAMES: Final[dict[str, dict[str, str]]] = {
    "products": _EVERY | {"name": "title", "product_id": "external_id"},
    "locations": _EVERY | {"location_id": "external_id", "title": "name"},
    "stock": {
        "product_id": "product", "location_id": "location", "quantity": "on_hand", "available": "on_hand",
        "committed": "reserved", "updated_at": "counted_at",
    },
    "customers": _EVERY | {
        "customer_id": "external_id", "email": "mailbox", "e_mail": "mailbox", "mail": "mailbox",
        "phone": "number", "telephone": "number", "mobile": "number", "loyalty_no": "loyalty",
        "loyalty_number": "loyalty", "full_name": "name", "country_code": "country", "lang": "language",
        "address": "street", "zip": "postcode", "postal_code": "postcode", "born": "birth_date",
        "birthday": "birth_date", "date_of_birth": "birth_date", "dob": "birth_date",
    },
    "orders": _EVERY | _PLACE | _LINE | {
        "order_id": "external_id", "order_number": "order_no", "number": "order_no",
        "customer_id": "customer",
        "email": "mailbox", "e_mail": "mailbox", "created_at": "placed_at", "ordered_at": "placed_at",
        "status": "state", "shipping_cost": "shipping", "promised": "promised_on",
    },
    "payments": _EVERY | _OF_ORDER | {"payment_id": "external_id", "paid_at": "happened_at"},
    "refunds": _EVERY | _OF_ORDER | {"refund_id": "external_id", "refunded_at": "happened_at"},
    "shipments": _EVERY | _EVENT | _OF_ORDER | {
        "shipment_id": "external_id", "tracking_number": "tracking_no", "tracking": "tracking_no",
        "shipped_at": "created_at", "promised": "promised_on",
    },
    "returns": _EVERY | _OF_ORDER | _LINE | {"return_id": "external_id"},
}  # fmt: skip
MONEY: Final = ("price", "total", "shipping", "amount")
LISTS: Final = ("lines", "events")


def fields(kind: str, raw: Mapping[str, Any]) -> Fields:
    """The fields of one row: known names, empty cells left out, `ship_to`, `lines` and `events` put together.

    Raises `msgspec.ValidationError` for money that cannot be read.
    """
    row: Fields = {}
    for name, value in raw.items():
        if value is not None and (cell := value.strip() if isinstance(value, str) else value) != "":
            _place(row, NAMES[kind].get(slug := _slug(name), slug), cell)
    _read_money(row, str(row.get("currency", "")))
    for name in LISTS:
        if isinstance(row.get(name), dict):
            row[name] = [row[name]]
    return row


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _place(row: Fields, name: str, value: Any) -> None:
    if name in ("lines", "events", "ship_to") and isinstance(value, str):
        value = msgspec.json.decode(value)
    outer, _, inner = name.partition(".")
    if not inner:
        row[outer] = value
    elif isinstance(row.setdefault(outer, {}), dict):
        row[outer][inner] = value


def _read_money(row: Fields, currency: str) -> None:
    line = row.get("lines")
    holders: list[tuple[Fields, str]] = [(row, ""), (line if isinstance(line, dict) else {}, "lines.")]
    for holder, path in holders:
        for name in MONEY:
            if name in holder:
                holder[f"{name}_minor"] = _minor(str(holder.pop(name)), currency, f"{path}{name}")


def _minor(text: str, currency: str, path: str) -> int:
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise msgspec.ValidationError(
            f"an amount needs a column currency with an ISO 4217 code, as EUR - at `$.{path}`"
        )
    try:
        return minor(text, currency)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"{error} - at `$.{path}`") from None
