"""Migrations: any old database becomes the same as a new one, once, and in nobody's way."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from doorstep.kernel import Misconfigured
from doorstep.store.migrate import FOLDER, check_server, migrate, series
from tests.parts import until

CATALOG = Path(__file__).with_name("catalog.sql").read_text()
ROWS_OF_THE_TIME = Path(__file__).with_name("rows_of_the_time.sql").read_text().split("-- after ")
ALL = len(series())


async def fingerprint(url: str) -> list[str]:
    """Tables, columns, types, defaults, nullability, constraints, indexes and settings, as lines."""
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(CATALOG)]
    finally:
        await connection.close()


async def run(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def put_rows(url: str, k: int) -> None:
    """What a house that stood at the first `k` migrations had in its tables."""
    for part in ROWS_OF_THE_TIME[1:]:
        name, _, statements = part.partition("\n")
        if name.strip() in {m.name for m in series()[:k]}:
            await run(url, statements)


@pytest.mark.parametrize("k", range(ALL))
async def test_an_old_database_becomes_as_a_new_one(empty_url: str, database_url: str, k: int) -> None:
    assert len(await migrate(empty_url, until=k)) == k
    await put_rows(empty_url, k)
    assert await migrate(empty_url) == [m.name for m in series()[k:]]
    new = await fingerprint(database_url)
    assert len(new) > 200
    assert await fingerprint(empty_url) == new


async def test_the_fingerprint_tells_what_differs(database_url: str, empty_url: str) -> None:
    await migrate(empty_url)
    for change in (
        "alter table job alter tries set default 1",
        "alter table job alter payload drop not null",
        "drop index job_waiting",
        "alter table lease add constraint positive check (token > 0)",
        "alter table agent add column nickname text",
    ):
        before = await fingerprint(empty_url)
        await run(empty_url, change)
        assert await fingerprint(empty_url) != before, change


async def test_many_at_once_run_each_once(empty_url: str) -> None:
    ran = await asyncio.gather(*(migrate(empty_url) for _ in range(5)))
    assert sorted(ran, key=len)[-1] == [m.name for m in series()]
    assert sum(len(names) for names in ran) == ALL
    assert await migrate(empty_url) == []


async def test_a_table_that_somebody_holds_is_tried_again_and_nobody_waits_behind(empty_url: str) -> None:
    await migrate(empty_url, until=2)
    holder, other = await asyncpg.connect(empty_url), await asyncpg.connect(empty_url)
    with capture_logs() as log:
        async with holder.transaction():
            await holder.execute("lock table agent in row exclusive mode")
            migrating = asyncio.create_task(migrate(empty_url, until=3))
            await until(lambda: any(line["event"] == "migration.blocked" for line in log))
            await other.execute("update agent set name = name")
            assert not migrating.done()
        assert await migrating == [series()[2].name]
    await holder.close()
    await other.close()


async def test_a_migration_that_was_edited_after_it_ran_is_refused(database_url: str) -> None:
    await run(
        database_url, "update migration set sha256 = 'other' where name = (select min(name) from migration)"
    )
    with pytest.raises(Misconfigured, match="was changed after it ran"):
        await migrate(database_url)


async def test_a_database_newer_than_the_program_is_refused(database_url: str) -> None:
    await run(database_url, "insert into migration (name, sha256) values ('9999_tomorrow', '')")
    with pytest.raises(Misconfigured, match="9999_tomorrow"):
        await migrate(database_url)


@pytest.mark.parametrize("major", [9, 12, 14])
def test_an_old_server_is_refused(major: int) -> None:
    with pytest.raises(Misconfigured, match=f"PostgreSQL {major} is too old"):
        check_server(major)


@pytest.mark.parametrize("major", [15, 16, 17, 18, 19])
def test_a_server_from_15_on_will_do(major: int) -> None:
    check_server(major)


def test_the_series_is_numbered_without_gap() -> None:
    numbers = [int(m.name.partition("_")[0]) for m in series()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == len(list(FOLDER.glob("*.sql")))
