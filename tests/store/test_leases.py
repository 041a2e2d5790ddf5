"""Leases: one holder at a time, and a token that tells a new holder from the old."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from doorstep.kernel import new_id
from doorstep.store import Database, leases
from tests.parts import until

A, B = new_id(), new_id()
NOW = timedelta(seconds=0)
SHORT = timedelta(seconds=0.6)


async def test_one_holds_it_and_keeps_it(database: Database) -> None:
    async with database.connection() as on:
        assert await leases.take(on, "door", A) == 1
        assert await leases.take(on, "door", B) is None
        assert await leases.take(on, "door", A) == 1
        assert await leases.take(on, "window", B) == 1


async def test_the_token_rises_when_another_takes_over_and_only_then(database: Database) -> None:
    async with database.connection() as on:
        assert await leases.take(on, "door", A, NOW) == 1
        assert await leases.take(on, "door", A, NOW) == 1
        assert await leases.take(on, "door", B, NOW) == 2
        assert await leases.take(on, "door", A) == 3
        assert await leases.still_holds(on, "door", 3, A)
        assert not await leases.still_holds(on, "door", 1, A)
        assert not await leases.still_holds(on, "door", 3, B)


async def test_given_back_the_next_has_it_at_once(database: Database) -> None:
    async with database.connection() as on:
        await leases.take(on, "door", A)
        await leases.give_back(on, "door", B)
        assert await leases.take(on, "door", B) is None, "only its holder gives it back"
        await leases.give_back(on, "door", A)
        assert await leases.take(on, "door", B) == 2


async def test_nobody_takes_it_over_within_a_transaction_that_relies_on_it(database: Database) -> None:
    async with database.connection() as on:
        await leases.take(on, "door", A, timedelta(seconds=0.2))
    async with database.transaction() as tx:
        assert await leases.still_holds(tx, "door", 1, A)
        taking = asyncio.create_task(take(database, B))
        await asyncio.wait([taking], timeout=0.4)
        assert not taking.done()
    await taking
    assert await take(database, B) == 2


async def take(db: Database, owner: object) -> int | None:
    async with db.connection() as on:
        return await leases.take(on, "door", owner)  # type: ignore[arg-type]


async def test_a_duty_that_ended_badly_is_done_again(database: Database) -> None:
    begun: list[int] = []

    async def duty(token: int) -> None:
        begun.append(token)
        if len(begun) == 1:
            raise ZeroDivisionError
        if len(begun) == 2:
            raise asyncio.CancelledError
        await asyncio.Event().wait()

    holding = asyncio.create_task(leases.hold(database, "door", duty, A, SHORT))
    await until(lambda: len(begun) == 3)
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    assert await take(database, B) == 2, "it was not given back at the end"


async def test_the_duty_ends_when_the_lease_is_lost_and_begins_anew(database: Database) -> None:
    begun: list[int] = []
    ended: list[int] = []

    async def duty(token: int) -> None:
        begun.append(token)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(token)

    holding = asyncio.create_task(leases.hold(database, "door", duty, A, SHORT))
    await until(lambda: begun == [1])
    async with database.connection() as on:
        await on.execute("update lease set owner = $1, token = 2, until = now() + interval '1 second'", B)
    await until(lambda: ended == [1])
    assert begun == [1]
    await until(lambda: begun == [1, 3])
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    assert ended == [1, 3]


async def test_of_two_who_hold_one_does_the_duty_until_it_leaves(database: Database) -> None:
    busy: set[str] = set()
    most = 0

    def duty(name: str) -> object:
        async def work(_token: int) -> None:
            nonlocal most
            busy.add(name)
            most = max(most, len(busy))
            try:
                await asyncio.Event().wait()
            finally:
                busy.discard(name)

        return work

    first = asyncio.create_task(leases.hold(database, "door", duty("a"), A, SHORT))  # type: ignore[arg-type]
    await until(lambda: busy == {"a"})
    second = asyncio.create_task(leases.hold(database, "door", duty("b"), B, SHORT))  # type: ignore[arg-type]
    await asyncio.sleep(SHORT.total_seconds() * 2)
    assert busy == {"a"}
    first.cancel()
    assert await until(lambda: busy == {"b"}) < 1.0
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert most == 1


async def test_it_outlives_an_outage(database: Database, database_url: str) -> None:
    begun: list[int] = []

    async def duty(token: int) -> None:
        begun.append(token)
        await asyncio.Event().wait()

    holding = asyncio.create_task(leases.hold(database, "door", duty, A, SHORT))
    await until(lambda: begun)
    admin = await asyncpg.connect(database_url)
    await admin.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    await admin.close()
    await asyncio.sleep(SHORT.total_seconds() * 2)
    async with database.connection() as on:
        assert await leases.still_holds(on, "door", begun[-1], A)
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding
