"""A house to knock at: people in it, and browsers that know or do not know the way."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import argon2
import httpx
import msgspec
from litestar import Litestar

from doorstep.house import Check, Gauge, HouseSettings, application
from doorstep.kernel import Clock, new_id
from doorstep.people import COOKIE, Role, Session, session_of, start_session
from doorstep.people.api import routes as people_routes
from doorstep.store import Database
from doorstep.store.bus import LocalBus
from doorstep.testing import TurnableClock

URL = "http://desk.test"
PASSWORD = "correct horse battery"
QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes with parameters nobody should use, so that tests are quick and re-hashing shows."""


class House(msgspec.Struct):
    """An application, and what it stands on."""

    app: Litestar
    db: Database
    clock: TurnableClock
    bus: LocalBus

    def browser(self, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        """Somebody at a network address, with no session."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 4711))
        return httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)

    async def signed_in(self, role: Role = Role.AGENT) -> httpx.AsyncClient:
        """Somebody new with a session, whose every request carries what it must."""
        agent_id = await hire(self.db, role, f"{role}-{new_id()}")
        token, session = await begin(self.db, agent_id, self.clock)
        browser = self.browser(**{"X-CSRF-Token": session.csrf})
        browser.cookies.set(COOKIE, token)
        return browser


def house(
    db: Database,
    routes: Sequence[Any] = (),
    *,
    public_url: str = URL,
    metrics_token: str = "",
    request_seconds: float = 30.0,
    desk: Path = Path("/nowhere"),
    checks: Sequence[Check] = (),
    gauges: Sequence[Gauge] = (),
) -> House:
    """A house with the routes of people and these."""
    clock, bus = TurnableClock(), LocalBus()
    settings = HouseSettings(
        public_url=public_url, metrics_token=metrics_token, request_seconds=request_seconds, desk=desk
    )
    app = application(
        [*people_routes, *routes],
        db=db,
        bus=bus,
        settings=settings,
        clock=clock,
        ready_checks=checks,
        gauges=gauges,
    )
    return House(app, db, clock, bus)


async def hire(db: Database, role: Role, sign_in: str) -> UUID:
    """Somebody with `PASSWORD`, quickly."""
    agent_id = new_id()
    async with db.connection() as on:
        await on.execute(
            "insert into agent (id, sign_in, name, role, password) values ($1, $2, $3, $4, $5)",
            agent_id,
            sign_in,
            sign_in.title(),
            role,
            QUICK.hash(PASSWORD),
        )
    return agent_id


async def begin(db: Database, agent_id: UUID, clock: Clock) -> tuple[str, Session]:
    """A session, by the door behind the desk."""
    async with db.transaction() as tx:
        token = await start_session(tx, agent_id, clock.now())
        session = await session_of(tx, token, clock.now())
    assert session is not None
    return token, session


async def told(db: Database) -> list[tuple[str, UUID | None, str]]:
    """What was told, in order: kind, actor and data."""
    async with db.connection() as on:
        rows = await on.fetch("select kind, actor_id, data::text from outbox order by id")
    return [tuple(row) for row in rows]


async def status_of(app: Litestar, method: str, path: str, headers: dict[str, str]) -> int:
    """The status a request is answered with; hangs up then, so that an endless stream ends."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    body = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if body:
            return body.pop()
        await answered
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and not answered.done():
            answered.set_result(message["status"])

    asked = asyncio.create_task(app(_scope(method, path, headers), receive, send))
    await asyncio.wait([asked, answered], timeout=10, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert answered.done(), f"{method} {path} was not answered"
    return answered.result()


def _scope(method: str, path: str, headers: dict[str, str]) -> Any:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"desk.test")] + [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 4711),
        "server": ("desk.test", 80),
    }
