"""An order's lines, and an order that changes hands."""

from doorstep.commerce import Report
from doorstep.store import Database
from tests.commerce.shop import ROWS, put, put_all, told, value


async def test_lines_are_replaced_and_an_order_told_once(database: Database) -> None:
    await put_all(database)
    before = await told(database)
    order = ROWS["orders"][0]
    shorter = order | {"lines": [order["lines"][1]]}
    assert await put(database, "orders", shorter) == Report(accepted=1)
    assert await value(
        database,
        "select array_agg(title order by position) from line_item join sales_order o on o.id = order_id"
        " where o.external_id = 'o1'",
    ) == ["Anker burr set"]
    assert await told(database) == [*before, "order.upserted"]


async def test_an_order_without_lines_leaves_them(database: Database) -> None:
    await put_all(database)
    order = {key: value for key, value in ROWS["orders"][0].items() if key != "lines"}
    assert await put(database, "orders", order) == Report(unchanged=1)
    assert await value(database, "select count(*) from line_item") == 3


async def test_a_refused_order_keeps_the_lines_it_had(database: Database) -> None:
    await put_all(database)
    astray = [{"title": "?", "price_minor": 1, "product": "p9"}]
    await put(database, "orders", ROWS["orders"][0] | {"lines": astray})
    assert await value(database, "select count(*) from line_item where title = '?'") == 0


async def test_an_order_that_changes_hands_takes_all_along(database: Database) -> None:
    await put_all(database)
    await put(database, "customers", {"external_id": "c2", "name": "Nikos", "mailbox": "nikos@post.example"})
    assert await put(database, "orders", ROWS["orders"][0] | {"customer": "c2"}) == Report(accepted=1)
    new_owner = await value(database, "select customer_id from shop_customer where external_id = 'c2'")
    for table in ("payment", "refund", "shipment", "tracking_event", "sales_return"):
        assert await value(database, f"select array_agg(distinct customer_id) from {table}") == [new_owner]
