"""A small shop's rows, of every kind, that belong together."""

from typing import Any

from doorstep.commerce import Report, take
from doorstep.store import Database

ROWS: dict[str, list[dict[str, Any]]] = {
    "products": [
        {
            "external_id": "p1",
            "sku": "CL-6",
            "title": "Claro filter, 6 pack",
            "price_minor": 2890,
            "currency": "EUR",
        },
        {
            "external_id": "p2",
            "sku": "AN-40",
            "title": "Anker burr set",
            "price_minor": 11970,
            "currency": "EUR",
        },
    ],
    "locations": [
        {"external_id": "ham", "name": "Hamburg", "city": "Hamburg", "country": "DE"},
        {"external_id": "kif", "name": "Kifisia", "city": "Athens", "country": "GR"},
    ],
    "stock": [
        {
            "product": "p1",
            "location": "kif",
            "on_hand": 16,
            "reserved": 2,
            "counted_at": "2026-11-20T06:00:00Z",
        },
        {"product": "p1", "location": "ham", "on_hand": 3, "counted_at": "2026-11-20T06:00:00Z"},
    ],
    "customers": [
        {
            "external_id": "c1",
            "name": "Ioanna Papadaki",
            "city": "Athens",
            "country": "GR",
            "language": "el",
            "mailbox": "Ioanna.P@fastmail.example",
            "number": "+30 694 555 0123",
            "loyalty": "MF-7",
        },
    ],
    "orders": [
        {
            "external_id": "o1",
            "order_no": "48213",
            "customer": "c1",
            "placed_at": "2026-11-06T10:00:00Z",
            "state": "open",
            "currency": "EUR",
            "total_minor": 17750,
            "shipping_minor": 0,
            "promised_on": "2026-11-12",
            "ship_to": {"name": "Ioanna Papadaki", "street": "Skoufa", "house_no": "12", "city": "Athens"},
            "lines": [
                {"title": "Claro filter, 6 pack", "quantity": 2, "price_minor": 2890, "product": "p1"},
                {"title": "Anker burr set", "quantity": 1, "price_minor": 11970, "product": "p2"},
            ],
        },
        {
            "external_id": "o2",
            "order_no": "48214",
            "mailbox": "ioanna.p@FASTMAIL.example",
            "placed_at": "2026-11-07T10:00:00+02:00",
            "currency": "EUR",
            "total_minor": 900,
            "lines": [{"title": "A cloth", "price_minor": 900}],
        },
    ],
    "payments": [
        {
            "external_id": "y1",
            "order": "o1",
            "happened_at": "2026-11-06T10:01:00Z",
            "state": "paid",
            "method": "Visa 4417",
            "amount_minor": 17750,
            "currency": "EUR",
        },
    ],
    "refunds": [
        {
            "external_id": "f1",
            "order": "o1",
            "happened_at": "2026-11-19T10:01:00Z",
            "state": "pending",
            "reason": "late",
            "amount_minor": 500,
            "currency": "EUR",
        },
    ],
    "shipments": [
        {
            "external_id": "s1",
            "order": "o1",
            "carrier": "Northline",
            "tracking_no": "NL 7740 2291",
            "location": "kif",
            "state": "held",
            "created_at": "2026-11-09T10:00:00Z",
            "promised_on": "2026-11-12",
            "events": [
                {"happened_at": "2026-11-09T10:00:00Z", "step": "packed", "place": "Kifisia"},
                {
                    "happened_at": "2026-11-11T08:00:00Z",
                    "step": "held",
                    "place": "Koropi",
                    "detail": "address query",
                },
            ],
        },
    ],
    "returns": [
        {
            "external_id": "r1",
            "order": "o1",
            "happened_at": "2026-11-18T10:00:00Z",
            "state": "asked",
            "reason": "broken",
            "lines": [{"title": "Anker burr set", "quantity": 1}],
        },
    ],
}
EVENTS = {
    "products": "product",
    "locations": "location",
    "stock": "stock",
    "customers": "customer",
    "orders": "order",
    "payments": "payment",
    "refunds": "refund",
    "shipments": "shipment",
    "returns": "return",
}


async def put(db: Database, kind: str, *rows: dict[str, Any], source: str = "shop") -> Report:
    """Take some rows of a kind, in a transaction of their own."""
    async with db.transaction() as tx:
        return await take(tx, kind, source, rows)


async def put_all(db: Database) -> dict[str, Report]:
    """Take the whole shop."""
    return {kind: await put(db, kind, *rows) for kind, rows in ROWS.items()}


async def told(db: Database) -> list[str]:
    """The kinds of the events told so far, in their order."""
    async with db.connection() as on:
        return [row["kind"] for row in await on.fetch("select kind from outbox order by id")]


async def value(db: Database, query: str, *values: Any) -> Any:
    """One value, looked up past our own statements."""
    async with db.connection() as on:
        return await on.fetchval(query, *values)
