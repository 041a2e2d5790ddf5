"""From the cookie to who is asking, by one statement; and the things a handler is given by name."""

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from doorstep.kernel import Bus, Clock, SignInNeeded
from doorstep.kernel.bus import OUTBOX
from doorstep.people import COOKIE, Gate, Me, Session, session_of
from doorstep.store import Connection, Database


class Authentication(ASGIMiddleware):
    """Looks up the session of every request that needs one."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        opt = scope["route_handler"].opt
        if opt.get("roles") or opt.get("asks"):
            token = Request[Any, Any, Any](scope).cookies.get(COOKIE)
            scope["state"]["session"] = await self._session(token) if token else None
        await next_app(scope, receive, send)

    async def _session(self, token: str) -> Session | None:
        async with self._db.connection() as on:
            return await session_of(on, token, self._clock.now())


def provided(db: Database, bus: Bus, gate: Gate) -> dict[str, Provide]:
    """What every handler may ask for by name: `db`, `tx`, `me`, `session`, `clock`, `gate`."""

    async def tx() -> AsyncIterator[Connection]:
        # Litestar ends this when the answer is made and before its first byte is sent: a 2xx is durable,
        # and a commit that fails becomes an error.
        async with db.transaction() as connection:
            yield connection
        bus.wake(OUTBOX)

    return {
        "db": Provide(lambda: db, sync_to_thread=False),
        "gate": Provide(lambda: gate, sync_to_thread=False),
        "clock": Provide(lambda: gate.clock, sync_to_thread=False),
        "session": Provide(_session, sync_to_thread=False),
        "me": Provide(_me, sync_to_thread=False),
        "tx": Provide(tx),
    }


def _session(request: Request[Any, Any, Any]) -> Session:
    session: Session | None = request.scope["state"].get("session")
    if session is None:
        raise SignInNeeded()
    return session


def _me(request: Request[Any, Any, Any]) -> Me:
    return _session(request).me
