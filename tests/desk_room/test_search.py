"""Search: people by name or the beginning of an address, orders by their number; wild cards are letters."""

import asyncpg
import pytest

from doorstep.desk.model import Findings
from doorstep.desk.search import search
from tests.parts import Spine

PEOPLE = {
    "Ioanna Papadaki": "ioanna@mail.example",
    "Ana 100%": "ana@mail.example",
    "Jo_hanna": "johanna@mail.example",
    "Joxhanna": "jx@mail.example",
}


@pytest.fixture
async def found_in(spine: Spine) -> Spine:
    for number, (name, mailbox) in enumerate(PEOPLE.items()):
        await spine.run(
            "with c as (insert into customer (id, name) values (gen_random_uuid(), $1) returning id), "
            "i as (insert into identity (id, kind, value, customer_id, evidence) "
            "select gen_random_uuid(), 'mailbox', $2, id, 'unverified' from c) "
            "insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, "
            "currency, total_minor) "
            "select gen_random_uuid(), 'shop', $3, $3, id, now(), 'open', 'EUR', 100 from c",
            *(name, mailbox, f"{'#' * (number % 2)}4821{number}"),
        )
    return spine


async def look_for(spine: Spine, words: str) -> Findings:
    async with spine.db.connection() as on:
        return await search(on, words)


async def names(spine: Spine, words: str) -> list[str]:
    return [customer.name for customer in (await look_for(spine, words)).customers]


@pytest.mark.parametrize(
    "words", ["papa", "Ioanna P", "  IOANNA   papadaki ", "ioanna@m", "Ioanna@Mail.example"]
)
async def test_a_person_by_name_or_address(found_in: Spine, words: str) -> None:
    assert await names(found_in, words) == ["Ioanna Papadaki"]


async def test_one_person_found_twice_is_there_once_by_the_address(found_in: Spine) -> None:
    (customer,) = (await look_for(found_in, "ioanna")).customers
    assert customer.identity == "ioanna@mail.example"


async def test_wild_cards_are_only_letters(found_in: Spine) -> None:
    assert await names(found_in, "100%") == ["Ana 100%"]
    assert await names(found_in, "%%") == []
    assert await names(found_in, "jo_") == ["Jo_hanna"]
    assert await names(found_in, "o_hann") == ["Jo_hanna"]
    assert await names(found_in, "a\\") == []


@pytest.mark.parametrize(("words", "found"), [("io", ["Ioanna Papadaki"]), ("pa", []), ("ap", [])])
async def test_two_letters_find_beginnings_only(found_in: Spine, words: str, found: list[str]) -> None:
    assert await names(found_in, words) == found
    assert await names(found_in, words.upper()) == found


@pytest.mark.parametrize(
    "words",
    [
        "+302101234567",
        "+30 210 123 45 67",
        "+30 (210) 123-4567",
        "30.210.1234567",
        "0030 210/1234567",
        "+30 210 12",
        "MF00123456",
        "mf 0012 3456",
        "MF-0012.34",
        "mf0",
    ],
)
async def test_a_number_is_found_however_it_is_written(found_in: Spine, words: str) -> None:
    for kind, value in (("number", "+302101234567"), ("loyalty", "MF 0012-3456")):
        await found_in.run(
            "insert into identity (id, kind, value, customer_id, evidence) "
            "select gen_random_uuid(), $1, $2, id, 'attested' from customer where name like 'Ioanna%'",
            *(kind, value),
        )
    assert await names(found_in, words) == ["Ioanna Papadaki"]


async def test_nothing_is_read_from_end_to_end(found_in: Spine) -> None:
    await found_in.run(
        "insert into customer (id, name) select gen_random_uuid(), substr(md5(n::text), 1, 9) || ' Papadaki' "
        "from generate_series(1, 60000) n"
    )
    await found_in.run(
        "insert into identity (id, kind, value, customer_id, evidence) "
        "select gen_random_uuid(), 'loyalty', 'MF' || md5(id::text), id, 'attested' from customer"
    )
    await found_in.run("vacuum analyze customer, identity")
    for words in ("pa", "mf", "+30 210", "+3", "a b", "nobody", "ab@mail"):
        found = await plan(found_in, words)
        assert "Index Scan" in found
        assert "Seq Scan" not in found, f"{words}:\n{found}"


async def plan(spine: Spine, words: str) -> str:
    """How the database goes about finding people by these words."""
    asked: list[asyncpg.connection.LoggedQuery] = []
    async with spine.db.connection() as on:
        await on.execute("set plan_cache_mode = force_generic_plan")
        on.add_query_logger(asked.append)
        await search(on, words)
        on.remove_query_logger(asked.append)
        (query,) = [query for query in asked if "identity" in query.query]
        return "\n".join(row[0] for row in await on.fetch(f"explain {query.query}", *query.args))


async def test_greek_capitals_find_a_greek_name(found_in: Spine) -> None:
    await found_in.run("insert into customer (id, name) values (gen_random_uuid(), 'ΓΙΩΡΓΟΣ ΑΣΗΜΑΣ')")
    assert await names(found_in, "ΓΙΩΡΓΟΣ") == ["ΓΙΩΡΓΟΣ ΑΣΗΜΑΣ"]
    assert await names(found_in, "γι") == ["ΓΙΩΡΓΟΣ ΑΣΗΜΑΣ"]


@pytest.mark.parametrize("words", ["48210", "#48210", "48211", "#48211"])
async def test_an_order_by_its_number_with_or_without_the_mark(found_in: Spine, words: str) -> None:
    (order,) = (await look_for(found_in, words)).orders
    assert order.order_no.lstrip("#") == words.lstrip("#")
    assert order.customer_name in PEOPLE


@pytest.mark.parametrize("words", ["", " ", "x", "nobody at all", "x" * 5000])
async def test_nothing_is_found_by_nothing(found_in: Spine, words: str) -> None:
    assert await look_for(found_in, words) == Findings([], [])
