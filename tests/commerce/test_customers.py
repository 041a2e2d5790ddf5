"""A shop's customers: which of ours each one is."""

import asyncio
from typing import Any
from uuid import UUID

from doorstep.commerce import Report
from doorstep.kernel import new_id
from doorstep.store import Database
from tests.commerce.shop import ROWS, put, told, value

IOANNA = ROWS["customers"][0]


async def wrote_before(db: Database, mailbox: str, name: str = "") -> UUID:
    """Somebody whose mail came before the shop's row did."""
    customer_id = new_id()
    async with db.transaction() as tx:
        await tx.execute("insert into customer (id, name) values ($1, $2)", customer_id, name)
        await tx.execute(
            "insert into identity (id, kind, value, customer_id, evidence) values ($1, $2, $3, $4, '')",
            new_id(), "mailbox", mailbox, customer_id,
        )  # fmt: skip
    return customer_id


async def owner(db: Database, identity: str) -> Any:
    """Whose an identity is."""
    return await value(db, "select customer_id from identity where value = $1", identity)


async def record(db: Database, external_id: str) -> Any:
    """Which customer a shop's customer is."""
    return await value(db, "select customer_id from shop_customer where external_id = $1", external_id)


async def test_a_new_customer_comes_with_normalised_identities(database: Database) -> None:
    assert await put(database, "customers", IOANNA) == Report(accepted=1)
    async with database.connection() as on:
        rows = await on.fetch("select kind, value, name, evidence from identity order by kind")
    assert [tuple(row) for row in rows] == [
        ("loyalty", "MF-7", "Ioanna Papadaki", "shop"),
        ("mailbox", "ioanna.p@fastmail.example", "Ioanna Papadaki", "shop"),
        ("number", "+306945550123", "Ioanna Papadaki", "shop"),
    ]


async def test_a_known_mailbox_is_that_customer(database: Database) -> None:
    known = await wrote_before(database, "ioanna.p@fastmail.example")
    await put(database, "customers", IOANNA)
    assert await record(database, "c1") == known
    assert await owner(database, "MF-7") == known
    assert await value(database, "select name from customer") == "Ioanna Papadaki"


async def test_an_identity_is_never_taken_away(database: Database) -> None:
    await put(database, "customers", IOANNA)
    other = {"external_id": "c2", "name": "Dimitris", "mailbox": "d@post.example", "number": "+306945550123"}
    assert await put(database, "customers", other) == Report(accepted=1)
    assert await owner(database, "+306945550123") == await record(database, "c1")
    assert (
        await record(database, "c2")
        == await owner(database, "d@post.example")
        != await record(database, "c1")
    )


async def test_a_number_decides_where_it_is_all_there_is(database: Database) -> None:
    await put(database, "customers", IOANNA, {"external_id": "c2", "number": "+30 694 555-0123"})
    assert await record(database, "c2") == await record(database, "c1")


async def test_two_records_with_one_mailbox_in_one_batch_are_one_customer(database: Database) -> None:
    both = [IOANNA, {"external_id": "c2", "name": "I. Papadaki", "mailbox": "ioanna.p@fastmail.example"}]
    assert await put(database, "customers", *both) == Report(accepted=2)
    assert await value(database, "select count(*) from customer") == 1
    before = await told(database)
    assert await put(database, "customers", *both) == Report(unchanged=2)
    assert await told(database) == before


async def test_a_new_name_and_an_empty_one(database: Database) -> None:
    await put(database, "customers", IOANNA)
    await put(database, "customers", IOANNA | {"name": "", "city": "Chania"})
    assert await value(database, "select name || ', ' || city from customer") == "Ioanna Papadaki, Chania"


async def test_an_older_record_is_left_aside(database: Database) -> None:
    await put(database, "customers", IOANNA | {"changed_at": "2026-11-20T12:00:00Z"})
    old = IOANNA | {"changed_at": "2026-11-20T11:00:00Z", "name": "Old"}
    assert await put(database, "customers", old) == Report(unchanged=1)


async def test_a_local_number_names_no_country_and_is_no_identity(database: Database) -> None:
    assert await put(database, "customers", {"external_id": "c3", "number": "0694 5550123"}) == Report(
        accepted=1
    )
    assert await value(database, "select count(*) from identity") == 0


async def test_a_mailbox_without_an_at_is_refused(database: Database) -> None:
    report = await put(database, "customers", IOANNA | {"mailbox": "ioanna"})
    assert [refusal.field for refusal in report.refused] == ["mailbox"]


async def test_the_same_people_from_eight_sides_at_once_are_each_one(database: Database) -> None:
    people = [{"external_id": f"c{n}", "mailbox": f"p{n % 20}@post.example"} for n in range(40)]
    await asyncio.gather(*(put(database, "customers", *people, source=f"s{side}") for side in range(8)))
    assert await value(database, "select count(*) from customer") == 20
    assert await value(database, "select count(*) from shop_customer") == 320
