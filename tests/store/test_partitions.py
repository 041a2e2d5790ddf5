"""Partitions: one a month, made ahead, by however many nodes at once."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import asyncpg
import pytest
from structlog.testing import capture_logs

from doorstep.kernel import new_id
from doorstep.store import Connection, Database
from doorstep.store.partitions import make_partitions, make_this_month, month_after
from tests.parts import until

NOVEMBER = datetime(2031, 11, 17, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by", "expected"),
    [(0, (2031, 11)), (1, (2031, 12)), (2, (2032, 1)), (14, (2033, 1)), (-11, (2030, 12))],
)
def test_months_follow_each_other_over_the_year(by: int, expected: tuple[int, int]) -> None:
    assert month_after(NOVEMBER, by) == datetime(*expected, 1, tzinfo=UTC)


async def test_they_are_made_ahead_once_and_hold_their_month(database: Database) -> None:
    async with database.connection() as on:
        made = await make_partitions(on, NOVEMBER)
        assert sorted(made) == [
            *("event_2031_11", "event_2031_12", "event_2032_01"),
            *("journal_2031_11", "journal_2031_12", "journal_2032_01"),
        ]
        assert await make_partitions(on, NOVEMBER) == []
        assert sorted(await make_partitions(on, NOVEMBER + timedelta(days=30))) == [
            "event_2032_02",
            "journal_2032_02",
        ]
        for moment in (NOVEMBER, datetime(2031, 12, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)):
            await on.execute(
                "insert into event (seq, id, at, kind, data) values (1, gen_random_uuid(), $1, 'a', '{}')",
                moment,
            )
        where = await on.fetch("select tableoid::regclass::text from event order by at")
    assert [row[0] for row in where] == ["event_2031_11", "event_2031_12", "event_rest"]


async def test_the_month_is_that_of_utc(database: Database) -> None:
    late = datetime(2031, 10, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    async with database.connection() as on:
        assert "event_2031_11" in await make_partitions(on, late, months=1)


async def test_many_nodes_make_them_at_once(database: Database) -> None:
    async def one_node() -> list[str]:
        async with database.connection() as on:
            return await make_partitions(on, NOVEMBER)

    made = await asyncio.gather(*(one_node() for _ in range(8)))
    assert sorted(len(names) for names in made) == [0] * 7 + [6]
    async with database.connection() as on:
        assert await on.fetchval("select count(*) from pg_class where relname like 'event\\_2031\\___'") == 2


async def test_a_month_begins_in_utc_whatever_zone_the_server_is_in(database: Database) -> None:
    async with database.connection() as on:
        await make_partitions(on, NOVEMBER, months=1)
        await on.execute("set timezone to 'Europe/Berlin'")
        assert len(await make_partitions(on, NOVEMBER, months=3)) == 4
        bound = await on.fetchval(
            "select pg_get_expr(relpartbound, oid) from pg_class where relname = 'journal_2031_12'"
        )
        assert bound == "FOR VALUES FROM ('2031-12-01 01:00:00+01') TO ('2032-01-01 01:00:00+01')"
        await on.execute("set timezone to 'UTC'")


PUT = (
    "insert into journal (id, received_at, inbox_id, channel, signal) "
    "values (gen_random_uuid(), $1, $2, 'a', '')"
)


@pytest.mark.parametrize("held", ["journal", "journal_rest"])
async def test_behind_a_backup_they_are_not_made_and_nobody_waits(database: Database, held: str) -> None:
    async with database.connection() as on:
        await make_partitions(on, NOVEMBER, months=1)
    async with database.transaction() as backup, database.connection() as on, database.connection() as edge:
        await backup.execute(f"lock table {held} in access share mode")
        making = asyncio.create_task(make_partitions(on, NOVEMBER))
        await until(lambda: waits_for_a_lock(edge))
        await edge.execute(PUT, NOVEMBER, new_id())
        assert not making.done(), "what came in waited for the partitions"
        with pytest.raises(asyncpg.LockNotAvailableError):
            await making
        assert await on.fetchval("show lock_timeout") == "0"
    async with database.connection() as on:
        assert len(await make_partitions(on, NOVEMBER)) == 4


async def test_a_start_waits_for_this_month_only(database: Database) -> None:
    async with database.connection() as on, database.connection() as edge:
        with capture_logs() as log:
            async with database.transaction() as backup:
                await backup.execute("lock table journal_rest in access share mode")
                making = asyncio.create_task(make_this_month(on, NOVEMBER))
                await until(lambda: any(line["event"] == "partitions.blocked" for line in log))
            await making
        async with database.transaction() as backup:
            await backup.execute("lock table journal_rest in access share mode")
            await make_this_month(on, NOVEMBER)
        assert await edge.fetchval("select to_regclass('journal_2031_11') is not null")


async def waits_for_a_lock(on: Connection) -> bool:
    """Whether anybody in this database waits for a table."""
    return bool(
        await on.fetchval(
            "select exists (select from pg_locks join pg_database d on d.oid = database "
            "where datname = current_database() and not granted and locktype = 'relation')"
        )
    )
