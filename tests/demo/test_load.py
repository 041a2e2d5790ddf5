"""The company goes in once, and all of it hangs together."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from doorstep.commerce import Order, orders_of
from doorstep.demo.load import load
from doorstep.demo.ready import MACROS, SIGNATURE
from doorstep.kernel import Signal, made_at
from doorstep.ready import check
from doorstep.ready.values import ALWAYS, KNOWN
from doorstep.store import Database

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


async def fetched(db: Database, query: str) -> Any:
    """One value, looked up past our own statements."""
    async with db.connection() as on:
        return await on.fetchval(query)


async def test_it_goes_in_once_and_says_how_far_it_is(database: Database) -> None:
    told: list[tuple[str, int, int]] = []
    made = await load(database, "post", lambda *step: told.append(step), NOW, scale=0.02)
    assert made is not None
    assert told[-1] == ("ready", told[-1][2], told[-1][2])
    assert await load(database, "post", silent, NOW, scale=0.02) is None
    assert await fetched(database, "select count(*) from sales_order") == len(made.sold)


async def test_its_words_are_ready(database: Database) -> None:
    for _, name, words, _ in MACROS:
        check(words, KNOWN, name)
    check(SIGNATURE, ALWAYS, "html")
    await load(database, "post", silent, NOW, scale=0.02)
    assert await fetched(database, "select count(*) from macro") == len(MACROS)
    assert await fetched(database, "select count(*) from signature s join inbox i on i.id = s.inbox_id") == 2


async def test_the_desk_can_read_every_order(database: Database) -> None:
    made = await load(database, "post", silent, NOW, scale=0.02)
    assert made is not None
    seen = set()
    async with database.connection() as on:
        for person in made.people[:60]:
            found = msgspec.json.decode(await orders_of(on, [person.id]), type=list[Order])
            seen.update(order.order_no for order in found)
    assert seen <= {sold.no for sold in made.sold}
    assert len(seen) >= 60


async def test_what_was_said_is_journalled_shown_and_settled(database: Database) -> None:
    await load(database, "post", silent, NOW, scale=0.1)
    assert await fetched(database, "select count(*) from interaction") > 150
    unlike = (
        "select count(*) from (select id, inbox_id, received_at from interaction where direction = 'in'"
        " except select id, inbox_id, received_at from journal) x"
    )
    assert await fetched(database, unlike) == 0
    assert await fetched(database, "select count(*) from journal") == await fetched(
        database, "select count(*) from interaction where direction = 'in'"
    )
    assert await fetched(database, "select count(*) from seen") == await fetched(
        database, "select count(*) from journal"
    )
    assert await fetched(database, "select count(*) from journal_rest") == 0
    assert await fetched(database, "select array_agg(distinct state) from conversation") == ["resolved"]
    counted = (
        "select count(*) from conversation c where interactions <>"
        " (select count(*) from interaction i where i.conversation_id = c.id)"
    )
    assert await fetched(database, counted) == 0


async def test_the_journal_holds_signals_that_can_be_read_again(database: Database) -> None:
    await load(database, "post", silent, NOW, scale=0.05)
    async with database.connection() as on:
        rows = await on.fetch("select id, received_at, signal from journal")
    signals = [msgspec.json.decode(row["signal"], type=Signal) for row in rows]
    assert {signal.channel for signal in signals} == {"post"}
    assert all(made_at(row["id"]) == row["received_at"] for row in rows)
