"""What was loaded is what the desk shows."""

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from doorstep.commerce import Order, orders_of
from doorstep.commerce.model import Line, Place, StockAt
from doorstep.store import Database
from tests.commerce.shop import ROWS, put, put_all, value


async def seen(db: Database, *customers: UUID) -> list[Order]:
    """The orders of these customers, read as the desk reads them."""
    async with db.connection() as on:
        return msgspec.json.decode(await orders_of(on, customers), type=list[Order], strict=True)


async def test_everything_that_was_loaded_is_shown(database: Database) -> None:
    await put_all(database)
    newest, order = await seen(database, await value(database, "select id from customer"))
    assert (order.order_no, order.state, order.currency) == ("48213", "open", "EUR")
    assert (order.total_minor, order.shipping_minor) == (17750, 0)
    assert order.placed_at == datetime(2026, 11, 6, 10, tzinfo=UTC)
    assert order.promised_on == date(2026, 11, 12)
    assert order.ship_to == Place("Ioanna Papadaki", "Skoufa", "12", "", "Athens", "")
    stock = (StockAt("Hamburg", 3), StockAt("Kifisia", 14))
    assert order.lines == (
        Line("Claro filter, 6 pack", "CL-6", 2, 2890, stock),
        Line("Anker burr set", "AN-40", 1, 11970, ()),
    )
    assert [(p.state, p.method, p.amount_minor) for p in order.payments] == [("paid", "Visa 4417", 17750)]
    assert [(r.state, r.reason, r.amount_minor) for r in order.refunds] == [("pending", "late", 500)]
    assert [(r.state, r.reason) for r in order.returns] == [("asked", "broken")]
    [parcel] = order.shipments
    assert (parcel.carrier, parcel.tracking_no, parcel.state) == ("Northline", "NL 7740 2291", "held")
    assert [(e.step, e.place, e.detail) for e in parcel.events] == [
        ("packed", "Kifisia", ""), ("held", "Koropi", "address query"),
    ]  # fmt: skip
    assert newest.lines == (Line("A cloth", "", 1, 900, ()),)
    assert newest.placed_at == datetime(2026, 11, 7, 8, tzinfo=UTC)


async def test_the_newest_twenty_of_all_the_customers_asked_for(database: Database) -> None:
    await put(database, "customers", *({"external_id": f"c{n}"} for n in range(2)))
    blank = ROWS["orders"][1] | {"lines": [], "mailbox": None}
    placed = [f"2026-10-{day:02}T10:00:00Z" for day in range(1, 31)]
    rows = [
        blank | {"external_id": f"o{n}", "order_no": f"{n}", "customer": f"c{n % 2}", "placed_at": at}
        for n, at in enumerate(placed)
    ]
    await put(database, "orders", *rows)
    ids = await value(database, "select array_agg(customer_id) from shop_customer")
    assert [order.order_no for order in await seen(database, *ids)] == [str(n) for n in range(29, 9, -1)]


async def test_nobody_has_no_orders(database: Database) -> None:
    assert await seen(database) == []
