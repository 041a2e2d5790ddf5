"""A shop sends its rows; sends them again; sends them wrong."""

from typing import Any

import pytest

from doorstep.commerce import Refusal, Report
from doorstep.kernel import NotFound
from doorstep.store import Database
from tests.commerce.shop import EVENTS, ROWS, put, put_all, told, value


async def test_everything_goes_in_and_each_row_is_told_once(database: Database) -> None:
    reports = await put_all(database)
    assert reports == {kind: Report(accepted=len(rows)) for kind, rows in ROWS.items()}
    assert await told(database) == [f"{EVENTS[kind]}.upserted" for kind, rows in ROWS.items() for _ in rows]


async def test_the_same_again_changes_nothing_and_tells_nothing(database: Database) -> None:
    await put_all(database)
    before = await told(database)
    assert await put_all(database) == {kind: Report(unchanged=len(rows)) for kind, rows in ROWS.items()}
    assert await told(database) == before


@pytest.mark.parametrize(
    ("kind", "change", "column"),
    [
        ("products", {"price_minor": 3090}, "price_minor from product where external_id = 'p1'"),
        ("locations", {"name": "Altona"}, "name from location where external_id = 'ham'"),
        ("orders", {"state": "cancelled"}, "state from sales_order where external_id = 'o1'"),
        ("payments", {"state": "voided"}, "state from payment"),
        ("refunds", {"state": "paid"}, "state from refund"),
        ("shipments", {"state": "lost"}, "state from shipment"),
        ("returns", {"state": "received"}, "state from sales_return"),
        (
            "stock",
            {"on_hand": 7, "counted_at": "2026-11-21T06:00:00Z"},
            "on_hand from stock_level where reserved = 2",
        ),
    ],
)
async def test_a_change_goes_in_and_is_told(
    database: Database, kind: str, change: dict[str, Any], column: str
) -> None:
    await put_all(database)
    before = await told(database)
    assert await put(database, kind, ROWS[kind][0] | change) == Report(accepted=1)
    assert await value(database, f"select {column}") == next(iter(change.values()))
    assert await told(database) == [*before, f"{EVENTS[kind]}.upserted"]


@pytest.mark.parametrize("kind", ["products", "orders", "payments", "refunds", "shipments", "returns"])
async def test_an_older_state_never_overwrites_a_newer(database: Database, kind: str) -> None:
    await put_all(database)
    newer = ROWS[kind][0] | {"changed_at": "2026-11-20T12:00:00Z"}
    older = newer | {"changed_at": "2026-11-20T11:59:59Z"}
    field = {"products": "title", "payments": "method", "refunds": "reason", "returns": "reason"}
    field |= {"orders": "order_no", "shipments": "carrier"}
    assert await put(database, kind, newer) == Report(accepted=1)
    assert await put(
        database,
        kind,
        older | {field[kind]: "old", "lines": []} if kind == "orders" else older | {field[kind]: "old"},
    ) == Report(unchanged=1)
    assert await value(database, "select count(*) from line_item") == 3


async def test_an_older_count_of_stock_is_left_aside(database: Database) -> None:
    await put_all(database)
    old = ROWS["stock"][0] | {"on_hand": 99, "counted_at": "2026-11-20T05:59:59Z"}
    assert await put(database, "stock", old) == Report(unchanged=1)
    assert await value(database, "select max(on_hand) from stock_level") == 16


async def test_of_two_rows_with_one_key_the_last_counts(database: Database) -> None:
    first = ROWS["products"][0]
    report = await put(database, "products", first, first | {"title": "Second"})
    assert report == Report(accepted=1, unchanged=1)
    assert await value(database, "select title from product") == "Second"


async def test_a_row_that_names_what_is_not_here_is_refused_alone(database: Database) -> None:
    await put_all(database)
    known = ROWS["payments"][0]
    report = await put(
        database, "payments", known | {"external_id": "y2"}, known | {"external_id": "y3", "order": "o9"}
    )
    cure = "No order 'o9' of 'shop' is here. Send the order first, then this row."
    assert report == Report(accepted=1, refused=(Refusal(2, "y3", "order", cure),))


@pytest.mark.parametrize(
    ("kind", "change", "field", "value"),
    [
        ("orders", {"customer": "c9"}, "customer", "c9"),
        ("orders", {"customer": None, "mailbox": "no@body.example"}, "mailbox", "no@body.example"),
        ("orders", {"lines": [{"title": "?", "price_minor": 1, "product": "p9"}]}, "lines[0].product", "p9"),
        ("shipments", {"location": "x9"}, "location", "x9"),
        ("stock", {"product": "p9"}, "product", "p9"),
        ("stock", {"location": "x9"}, "location", "x9"),
    ],
)
async def test_a_refusal_names_the_field_and_what_it_holds(
    database: Database, kind: str, change: dict[str, Any], field: str, value: str
) -> None:
    await put_all(database)
    report = await put(
        database,
        kind,
        ROWS[kind][0] | {"external_id": "new"} | change if kind != "stock" else ROWS[kind][0] | change,
    )
    assert (report.accepted, report.unchanged) == (0, 0)
    assert [(refusal.row, refusal.field) for refusal in report.refused] == [(1, field)]
    assert repr(value) in report.refused[0].reason


async def test_a_source_knows_only_its_own(database: Database) -> None:
    await put_all(database)
    report = await put(database, "payments", ROWS["payments"][0], source="other")
    assert [refusal.field for refusal in report.refused] == ["order"]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": None}, "title", "expected `str`"),
        ({"price_minor": 12.5}, "price_minor", "expected `int`"),
        ({"price_minor": -1}, "price_minor", ">= 0"),
        ({"price_minor": 10**30}, "price_minor", ""),
        ({"currency": "euro"}, "currency", "matching regex"),
        ({"colour": "red"}, "colour", "There is no field colour"),
        ({"title": "a\x00b"}, "", "zero byte"),
        ({"changed_at": "2026-11-20T12:00:00"}, "changed_at", "timezone"),
    ],
)
async def test_a_row_that_cannot_be_read_is_refused_alone(
    database: Database, change: dict[str, Any], field: str, words: str
) -> None:
    good, other = ROWS["products"]
    report = await put(database, "products", good | change, other)
    assert report.accepted == 1
    assert [(refusal.row, refusal.key, refusal.field) for refusal in report.refused] == [(1, "p1", field)]
    assert words in report.refused[0].reason


async def test_a_missing_field_is_named(database: Database) -> None:
    report = await put(database, "products", {"external_id": "p1"})
    assert report.refused == (Refusal(1, "p1", "sku", "sku is missing. Add it."),)


async def test_a_backslash_is_no_zero_byte(database: Database) -> None:
    title = r"C:\u0000 press"
    assert await put(database, "products", ROWS["products"][0] | {"title": title}) == Report(accepted=1)
    assert await value(database, "select title from product") == title


async def test_no_such_kind(database: Database) -> None:
    with pytest.raises(NotFound, match="Use one of: products"):
        await put(database, "carts", {})
