"""One request, one transaction: a 2xx is in the database before it is on the wire."""

import asyncio
from typing import Any

import asyncpg
import pytest
from litestar import post
from litestar.response import Stream

from doorstep.kernel import Conflict
from doorstep.kernel.bus import OUTBOX
from doorstep.people import ANYONE
from doorstep.store import Connection, Database
from tests.house_edge.house import House, house


@post("/api/good", opt=ANYONE)
async def write(tx: Connection) -> str:
    await tx.execute("insert into note values (1)")
    return "written"


@post("/api/bad", opt=ANYONE)
async def write_and_fail(tx: Connection) -> None:
    await tx.execute("insert into note values (1)")
    raise Conflict()


@post("/api/late", opt=ANYONE)
async def write_what_the_commit_refuses(tx: Connection) -> str:
    await tx.execute("insert into note values (1), (1)")
    return "written"


@post("/api/cut", opt=ANYONE)
async def write_on_a_cut_line(tx: Connection, db: Database) -> str:
    await tx.execute("insert into note values (1)")
    async with db.connection() as other:
        await other.fetchval("select pg_terminate_backend($1)", await tx.fetchval("select pg_backend_pid()"))
    return "written"


@post("/api/unreadable", opt=ANYONE)
async def answer_what_cannot_be_written_down(tx: Connection) -> Any:
    await tx.execute("insert into note values (1)")
    return object()


@post("/api/slow", opt={**ANYONE, "seconds": 0.2})
async def write_slowly(tx: Connection) -> str:
    await tx.execute("insert into note values (1)")
    await tx.execute("select pg_sleep(30)")
    return "written"


@post("/api/stream", opt={**ANYONE, "seconds": 0.2})
async def stream(tx: Connection) -> Stream:
    await tx.execute("insert into note values (1)")

    async def parts() -> Any:
        for part in ("a", "b", "c"):
            await asyncio.sleep(0.1)
            yield part

    return Stream(parts())


ROUTES = [
    write,
    write_and_fail,
    write_what_the_commit_refuses,
    write_on_a_cut_line,
    answer_what_cannot_be_written_down,
    write_slowly,
    stream,
]


@pytest.fixture
async def desk(database: Database) -> House:
    async with database.connection() as on:
        await on.execute("create table note (n int, unique (n) deferrable initially deferred)")
    return house(database, ROUTES)


async def notes(db: Database) -> int:
    async with db.connection() as on:
        return int(await on.fetchval("select count(*) from note"))


async def test_what_is_answered_is_committed_and_the_sequencer_woken(desk: House) -> None:
    woken: list[int] = []
    desk.bus.listen(OUTBOX, lambda: woken.append(1))
    answer = await desk.browser().post("/api/good")
    assert (answer.status_code, await notes(desk.db), len(woken)) == (201, 1, 1)


async def test_the_commit_comes_before_the_answers_first_byte(desk: House) -> None:
    seen: list[int] = []

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        async def watching(message: Any) -> None:
            if message["type"] == "http.response.start":
                seen.append(await notes(desk.db))
            await send(message)

        await app(scope, receive, watching)

    app, desk.app.asgi_handler = desk.app.asgi_handler, watched
    for path in ("/api/good", "/api/stream"):
        async with desk.db.connection() as on:
            await on.execute("truncate note")
        assert (await desk.browser().post(path)).status_code == 201
    assert seen == [1, 1]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/bad", 409), ("/api/late", 500), ("/api/cut", 503), ("/api/unreadable", 500), ("/api/slow", 503)],
)
async def test_what_fails_is_not_answered_as_done_and_leaves_nothing(
    desk: House, path: str, status: int
) -> None:
    woken: list[int] = []
    desk.bus.listen(OUTBOX, lambda: woken.append(1))
    answer = await desk.browser().post(path)
    assert (answer.status_code, await notes(desk.db), woken) == (status, 0, [])
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_stream_that_has_begun_may_take_its_time(desk: House) -> None:
    assert (await desk.browser().post("/api/stream")).text == "abc"


async def test_no_connection_is_lost_by_failures(desk: House) -> None:
    for _ in range(8):
        for path in ("/api/bad", "/api/late", "/api/unreadable", "/api/slow"):
            await desk.browser().post(path)
    pool = desk.db.pool
    assert pool.get_size() == pool.get_idle_size()


async def test_a_database_that_is_away_is_said_to_be(database_url: str) -> None:
    async with asyncpg.create_pool(database_url, min_size=0) as pool:
        desk = house(Database(database_url, pool, pool), ROUTES)
        assert (await desk.browser().get("/health/ready")).status_code == 200
    answer = await desk.browser().post("/api/good")
    assert (answer.status_code, answer.json()["title"]) == (503, "Database away")
    assert answer.headers["Retry-After"] == "5"
