"""Files as other programs write them: what can go in goes in, the rest is named by its line."""

from pathlib import Path

import pytest

from doorstep.commerce import Refusal, Report, import_file
from doorstep.kernel import Invalid, NotFound
from doorstep.store import Database
from tests.commerce.shop import put_all, value


async def load(db: Database, folder: Path, kind: str, content: str | bytes) -> Report:
    """Import a file of this content."""
    path = folder / "rows"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return await import_file(db, path, kind, "shop")


SHEET = "id;SKU;Name;Price;Currency\r\np8;X;Müsli-Schale;12,90;EUR\r\np9;Y;Krug;1.249,00;EUR\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
async def test_a_sheet_in_any_dress(
    database: Database, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    content = SHEET.replace(";", delimiter).encode(encoding)
    assert await load(database, tmp_path, "products", content) == Report(accepted=2)
    assert await load(database, tmp_path, "products", content) == Report(unchanged=2)
    assert (
        await value(database, "select title || price_minor from product where external_id = 'p8'")
        == "Müsli-Schale1290"
    )
    assert await value(database, "select price_minor from product where external_id = 'p9'") == 124900


async def test_wrong_rows_are_refused_with_their_line_and_cost_nothing_else(
    database: Database, tmp_path: Path
) -> None:
    content = (
        'external_id,sku,title,price,currency\np1,A,"Two\nlines",1.50,EUR\n\np2,B,Cup,"1,250",EUR\n'
        "p3,C,,1.50,EUR\np4,D,Jug,1.50,EUR,extra\np5,E,Lid,1.50,\np6,F,Pan,1.50,EUR\n"
    )
    report = await load(database, tmp_path, "products", content)
    assert (report.accepted, report.unchanged) == (2, 0)
    assert [(r.row, r.key, r.field) for r in report.refused] == [
        (5, "p2", "price"), (6, "p3", "title"), (7, "", ""), (8, "p5", "price"),
    ]  # fmt: skip
    assert "two ways" in report.refused[0].reason
    assert "6 cells, the heading has 5" in report.refused[2].reason
    assert "ISO 4217" in report.refused[3].reason
    assert await value(database, "select title from product where external_id = 'p1'") == "Two\nlines"


async def test_an_order_is_as_many_rows_as_it_has_lines(database: Database, tmp_path: Path) -> None:
    await put_all(database)
    content = (
        "order id,order number,email,ordered at,total,shipping,currency,ship city,"
        "item,line qty,line price,line product\n"
        "o7,1007,ioanna.p@fastmail.example,2026-11-20T10:00:00Z,30.70,4.90,EUR,Athens,Cup,2,9.90,p1\n"
        ",,,,,,EUR,,Saucer,1,6.00,\n"
        "o8,1008,nobody@post.example,2026-11-20T10:00:00Z,9.90,0,EUR,Athens,Cup,1,9.90,\n"
        "o9,1009,ioanna.p@fastmail.example,2026-11-20T10:00:00Z,9.90,0,EUR,Athens,Cup,1,9.90,\n"
    )
    report = await load(database, tmp_path, "orders", content)
    assert report.accepted == 2
    cure = "Nobody here has the mailbox 'nobody@post.example'. Send the customer first, then this row."
    assert report.refused == (Refusal(4, "o8", "mailbox", cure),)
    lines = (
        "select array_agg(title || ' ' || quantity || ' ' || price_minor order by position) from line_item"
        " join sales_order o on o.id = order_id where order_no = '1007'"
    )
    assert await value(database, lines) == ["Cup 2 990", "Saucer 1 600"]
    assert (
        await value(database, "select ship_to ->> 'city' from sales_order where order_no = '1007'")
        == "Athens"
    )


async def test_json_lines(database: Database, tmp_path: Path) -> None:
    await put_all(database)
    content = (
        '{"external_id": "s7", "order": "o1", "carrier": "Northline", "state": "sent",'
        ' "created_at": "2026-11-20T10:00:00Z",'
        ' "events": [{"happened_at": "2026-11-20T10:00:00Z", "step": "sent"}]}\n'
        "\n{broken\n[1]\n"
        '{"external_id": "s8", "order": "o1", "carrier": "Northline", "state": "flying",'
        ' "created_at": "2026-11-20T10:00:00Z"}\n'
    )
    report = await load(database, tmp_path, "shipments", content)
    assert report.accepted == 1
    assert [(r.row, r.key, r.field) for r in report.refused] == [(3, "", ""), (4, "", ""), (5, "s8", "state")]
    assert await value(database, "select count(*) from tracking_event where step = 'sent'") == 1


async def test_many_batches(database: Database, tmp_path: Path) -> None:
    rows = "".join(f"p{n},S{n},Cup {n},1.50,EUR\n" for n in range(1234))
    report = await load(database, tmp_path, "products", "external_id,sku,title,price,currency\n" + rows)
    assert report == Report(accepted=1234)
    assert await value(database, "select count(*) from product") == 1234


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        ("id,sku\n".encode("utf-16"), "UTF-16"),
        (b"[{}]", "JSON array"),
        (b"x" * (1 << 20), "over 1 MB"),
    ],
)
async def test_a_file_that_is_none_of_ours(
    database: Database, tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        await load(database, tmp_path, "products", content)


async def test_no_file_and_no_kind(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be opened"):
        await import_file(database, tmp_path / "none.csv", "products", "shop")
    with pytest.raises(NotFound, match="Use one of"):
        await load(database, tmp_path, "carts", "id\n1\n")
