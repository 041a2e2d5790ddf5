"""A session lasts as long as it is used, and no longer than a day's work."""

from datetime import timedelta

import pytest

from doorstep.people import COOKIE, Role, session_holds
from doorstep.store import Database
from tests.house_edge.house import House, begin, hire, house


@pytest.fixture
def desk(database: Database) -> House:
    return house(database)


async def test_without_a_session_nobody_is_known(desk: House) -> None:
    assert (await desk.browser().get("/api/session")).json() is None
    assert (await desk.browser(Cookie=f"{COOKIE}=made-up").get("/api/session")).json() is None


async def test_it_ends_two_hours_after_the_last_request(desk: House) -> None:
    agent = await desk.signed_in()
    for _ in range(3):
        desk.clock.turn(timedelta(hours=1, minutes=59))
        assert (await agent.get("/api/session")).json() is not None
    desk.clock.turn(timedelta(hours=2))
    assert (await agent.get("/api/session")).json() is None


async def test_it_ends_after_twelve_hours_whatever_happens(desk: House) -> None:
    agent = await desk.signed_in()
    for _ in range(11):
        desk.clock.turn(timedelta(hours=1))
        assert (await agent.get("/api/session")).json() is not None
    desk.clock.turn(timedelta(hours=1))
    assert (await agent.get("/api/session")).json() is None


async def test_asking_whether_it_holds_does_not_keep_it(desk: House) -> None:
    token, _ = await begin(desk.db, await hire(desk.db, Role.AGENT, "mia"), desk.clock)
    async with desk.db.connection() as on:
        for _ in range(4):
            assert await session_holds(on, token, desk.clock.now())
            desk.clock.turn(timedelta(minutes=30))
        assert not await session_holds(on, token, desk.clock.now())
        assert not await session_holds(on, "made-up", desk.clock.now())


async def test_being_seen_is_written_once_a_minute(desk: House) -> None:
    agent = await desk.signed_in()
    seen = []
    for _ in range(5):
        desk.clock.turn(timedelta(seconds=25))
        await agent.get("/api/session")
        async with desk.db.connection() as on:
            seen.append(await on.fetchval("select seen_at from session"))
    assert len(set(seen)) == 2


async def test_what_ended_by_itself_is_swept_by_the_next_start(desk: House) -> None:
    await desk.signed_in()
    desk.clock.turn(timedelta(hours=3))
    await begin(desk.db, await hire(desk.db, Role.AGENT, "late"), desk.clock)
    async with desk.db.connection() as on:
        assert await on.fetchval("select count(*) from session") == 1
