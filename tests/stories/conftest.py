"""A whole house for a story: real database, real doors, a real browser's way in."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import pytest

from doorstep.app import House, running, web
from doorstep.house.server import serve_http
from doorstep.kernel import SystemClock, new_id
from doorstep.people import Role
from doorstep.people.add_agent import add_agent
from doorstep.settings import Http, Settings

PASSWORD = "a long enough password"


def free_port() -> int:
    """A port below the ephemeral ones that nobody listens on; who runs beside us looks elsewhere."""
    beside = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    first = 20000 + int(beside) % 2 * 6000
    for port in range(first + new_id().int % 5000, first + 6000):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("No free port.")


class Served(msgspec.Struct, frozen=True):
    """A house that answers at `address`."""

    house: House
    address: str

    @property
    def door(self) -> tuple[str, int]:
        """Where the mail door is."""
        host, _, port = next(iter(self.house.doors.values())).rpartition(":")
        return host, int(port)

    async def add_inbox(self, address: str, settings: dict[str, object] | None = None) -> UUID:
        """An inbox on the first channel that has a door."""
        queue_id, inbox_id = new_id(), new_id()
        async with self.house.db.transaction() as tx:
            await tx.execute("insert into queue (id, name) values ($1, 'Care')", queue_id)
            await tx.execute(
                "insert into inbox (id, channel, name, address, settings, queue_id) "
                "values ($1, $2, $3, $4, $5, $6)",
                inbox_id, next(iter(self.house.doors)), "Customer care", address,
                msgspec.json.encode(settings or {}).decode(), queue_id,
            )  # fmt: skip
        return inbox_id

    async def add_agent(self, sign_in: str, role: Role = Role.AGENT) -> None:
        """Somebody who works here."""
        name = sign_in.split("@", maxsplit=1)[0].title()
        async with self.house.db.transaction() as tx:
            await add_agent(tx, sign_in, name, role, PASSWORD, SystemClock().now())

    @asynccontextmanager
    async def signed_in(self, sign_in: str, role: Role = Role.AGENT) -> AsyncIterator[httpx.AsyncClient]:
        """A client of somebody who has signed in."""
        await self.add_agent(sign_in, role)
        async with httpx.AsyncClient(base_url=self.address) as client:
            answer = await client.post("/api/session", json={"sign_in": sign_in, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            client.headers["X-CSRF-Token"] = answer.json()["csrf"]
            yield client


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[Served]:
    """A house over HTTP, for the length of the block."""
    async with running(settings) as house:
        started = asyncio.Event()
        pages, http = web(house), settings.http
        serving = asyncio.create_task(serve_http(pages, "127.0.0.1", http.port, started, http.proxies))
        await asyncio.wait(
            [serving, asyncio.create_task(started.wait())], return_when=asyncio.FIRST_COMPLETED
        )
        try:
            yield Served(house, settings.address)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a house on a fresh database, its doors on free ports."""
    return Settings(
        database_url=database_url,
        data=tmp_path / "data",
        http=Http(port=free_port()),
        channels={"email": {"port": 0}},
    )


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[Served]:
    """A house, open."""
    async with served(settings) as open_house:
        yield open_house
