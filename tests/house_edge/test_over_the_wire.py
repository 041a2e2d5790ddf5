"""The same house behind a real server, as a browser meets it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn

from doorstep.people import Role
from doorstep.store import Database
from tests.house_edge.house import PASSWORD, House, hire, house


@asynccontextmanager
async def served(desk: House) -> AsyncIterator[str]:
    """The house on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(desk.app, port=0, log_config=None, server_header=False))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


async def test_an_agent_works_a_day(database: Database) -> None:
    await hire(database, Role.ADMINISTRATOR, "ada")
    async with served(house(database)) as url, httpx.AsyncClient(base_url=url) as browser:
        browser.headers["Origin"] = url
        me = await browser.post("/api/session", json={"sign_in": "ada", "password": PASSWORD})
        assert me.status_code == 201
        assert (await browser.get("/api/session")).json() == me.json()
        new = {"sign_in": "bo", "name": "Bo", "role": "agent", "password": "long enough"}
        assert (await browser.post("/api/agents", json=new)).status_code == 403
        browser.headers["X-CSRF-Token"] = me.json()["csrf"]
        added = await browser.post("/api/agents", json=new)
        assert added.status_code == 201
        assert "Server" not in added.headers
        assert (await browser.get("/metrics")).status_code == 200
        assert (await browser.delete("/api/session")).status_code == 204
        assert (await browser.get("/api/session")).json() is None


async def test_a_body_that_never_ends_is_given_up(database: Database) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"sign_in": "'
        for _ in range(1000):
            yield b"x" * 10_000
            await asyncio.sleep(0)

    async with served(house(database)) as url, httpx.AsyncClient(base_url=url) as browser:
        answer = await browser.post("/api/session", content=endless())
    assert answer.status_code == 413


async def test_a_body_that_never_comes_is_given_up(database: Database) -> None:
    async with served(house(database, request_seconds=0.2)) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        answer = await asyncio.wait_for(reader.read(1000), timeout=5)
        writer.close()
        await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 503")
