"""Search: people by name or the beginning of an address, orders by their number; wild cards are letters."""

import pytest

from doorstep.desk.model import Findings
from doorstep.desk.search import search
from tests.parts import Spine

PEOPLE = {
    "Ioanna Papadaki": "ioanna@mail.example",
    "Ana 100%": "ana@mail.example",
    "Jo_hn": "john@mail.example",
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
    assert await names(found_in, "o_h") == ["Jo_hn"]
    assert await names(found_in, "a\\") == []


@pytest.mark.parametrize("words", ["48210", "#48210", "48211", "#48211"])
async def test_an_order_by_its_number_with_or_without_the_mark(found_in: Spine, words: str) -> None:
    (order,) = (await look_for(found_in, words)).orders
    assert order.order_no.lstrip("#") == words.lstrip("#")
    assert order.customer_name in PEOPLE


@pytest.mark.parametrize("words", ["", " ", "x", "nobody at all", "x" * 5000])
async def test_nothing_is_found_by_nothing(found_in: Spine, words: str) -> None:
    assert await look_for(found_in, words) == Findings([], [])
