"""Whoever balances the load asks whether to send requests here."""

import asyncio

from doorstep.house import Check
from doorstep.kernel import Overloaded
from doorstep.store import Database, opened
from tests.house_edge.house import house


async def full() -> None:
    raise Overloaded("The disk is full.")


async def stumbles() -> None:
    raise RuntimeError("postgresql://user:secret@host")


async def hangs() -> None:
    await asyncio.sleep(60)


async def test_it_is_alive_and_ready(database: Database) -> None:
    browser = house(database).browser()
    assert (await browser.get("/health/live")).status_code == 200
    answer = await browser.get("/health/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert [check["name"] for check in answer.json()["checks"]] == ["database", "migrations"]


async def test_what_fails_is_named_and_its_inside_is_not(database: Database) -> None:
    checks = [Check("disk", full), Check("sequencer", stumbles), Check("mail", hangs)]
    answer = await house(database, checks=checks).browser().get("/health/ready")
    assert answer.status_code == 503
    assert [(c["name"], c["ok"], c["detail"]) for c in answer.json()["checks"]] == [
        ("database", True, ""),
        ("migrations", True, ""),
        ("disk", False, "The disk is full."),
        ("sequencer", False, "It does not answer."),
        ("mail", False, "It does not answer."),
    ]


async def test_without_its_database_it_is_alive_and_not_ready(database_url: str) -> None:
    async with opened(database_url) as db:
        browser = house(db).browser()
    assert (await browser.get("/health/live")).status_code == 200
    answer = await browser.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"][0]["ok"]) == (503, False)


async def test_a_migration_that_has_not_run_is_named(database: Database) -> None:
    async with database.connection() as on:
        await on.execute("delete from migration where name like '0004%'")
    answer = await house(database).browser().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"][1]["detail"].startswith("Not yet run: 0004")
