"""Is it alive, and is it ready: for whoever starts, watches and balances it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec
import structlog
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from doorstep.kernel import DoorstepError, Misconfigured
from doorstep.people import ANYONE
from doorstep.store import Database, beside
from doorstep.store.migrate import series

sql = beside(__file__)
log = structlog.get_logger()

PATIENCE = 3.0
"""Seconds a check may take."""


class Check(msgspec.Struct, frozen=True):
    """Something that must hold before requests are let in. `ask` raises when it does not."""

    name: str
    ask: Callable[[], Awaitable[object]]


class Answer(msgspec.Struct, frozen=True):
    """What one check said."""

    name: str
    ok: bool
    detail: str


class Health(msgspec.Struct, frozen=True):
    """Whether requests should be sent here, and if not, why."""

    ready: bool
    checks: list[Answer]


def health_routes(db: Database, checks: Sequence[Check]) -> list[HTTPRouteHandler]:
    """`GET /health/live` and `GET /health/ready`."""
    every = [*_own(db), *checks]

    @get("/health/live", opt=ANYONE, sync_to_thread=False)
    def read_live() -> Health:
        """Whether the process answers."""
        return Health(True, [])

    @get("/health/ready", opt=ANYONE)
    async def read_ready() -> Response[Health]:
        """Whether requests should be sent here: 200, or 503 with what is wrong."""
        answers = await asyncio.gather(*(_answer(check) for check in every))
        ready = all(answer.ok for answer in answers)
        return Response(Health(ready, list(answers)), status_code=200 if ready else 503)

    return [read_live, read_ready]


def _own(db: Database) -> list[Check]:
    async def database() -> None:
        async with db.connection() as on:
            await on.fetchval("select 1")

    async def migrations() -> None:
        async with db.connection() as on:
            ran = {row["name"] for row in await sql.tuples(on, "migrations")}
        if missing := [m.name for m in series() if m.name not in ran]:
            raise Misconfigured(f"Not yet run: {', '.join(missing)}. Run `doorstep migrate`.")

    return [Check("database", database), Check("migrations", migrations)]


async def _answer(check: Check) -> Answer:
    try:
        async with asyncio.timeout(PATIENCE):
            await check.ask()
    except DoorstepError as error:
        return Answer(check.name, False, error.detail)
    except Exception as error:
        log.warning("health.not_ready", check=check.name, error=repr(error))
        return Answer(check.name, False, "It does not answer.")
    return Answer(check.name, True, "")
