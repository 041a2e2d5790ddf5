"""A request's id from door to answer, its time limit, and its line in the log and in the metrics.

The line holds method, route, status, milliseconds and agent; never a path's or query's values, a body, a
cookie or another secret.
"""

import asyncio
import re
import time
from collections.abc import Callable

import structlog
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from doorstep.house.problems import TooSlow
from doorstep.kernel import new_id

log = structlog.get_logger()

HEADER = "X-Request-Id"
QUIET = ("/health/", "/metrics")
_SANE = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

Observe = Callable[[str, str, int, float], None]
"""Told of each request: method, route, status, seconds until its answer began."""


def with_request_id(app: ASGIApp, observe: Observe) -> ASGIApp:
    """The application, every request of which has an id, is logged, and observed."""

    async def identified(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        identifier = _given(scope) or str(new_id())
        scope["state"] = {**scope.get("state", {}), "request_id": identifier}
        begun = time.perf_counter()
        status, took = 500, 0.0

        async def send_identified(message: Message) -> None:
            nonlocal status, took
            if message["type"] == "http.response.start":
                status, took = message["status"], time.perf_counter() - begun
                MutableScopeHeaders.from_message(message)[HEADER] = identifier
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=identifier):
            try:
                await app(scope, receive, send_identified)
            finally:
                _tell(scope, status, took or time.perf_counter() - begun, observe)

    return identified


def _given(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(value):
            return value.decode()
    return ""


def _tell(scope: Scope, status: int, seconds: float, observe: Observe) -> None:
    method = str(scope.get("method"))
    method = method if method in _METHODS else "other"
    route = str(scope.get("path_template") or "unmatched")
    observe(method, route, status, seconds)
    if route.startswith(QUIET) and status < 400:
        return
    session = scope["state"].get("session")
    agent = str(session.agent_id) if session else None
    log.info(
        "request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), agent_id=agent
    )


class TimeLimit(ASGIMiddleware):
    """Gives up on a request whose answer has not begun in time; an answer that has begun may stream for ever.

    A route sets its own limit in seconds by `opt["seconds"]`.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        seconds = float(scope["route_handler"].opt.get("seconds", self._seconds))
        try:
            async with asyncio.timeout(seconds) as limit:

                async def send_in_time(message: Message) -> None:
                    limit.reschedule(None)
                    await send(message)

                await next_app(scope, receive, send_in_time)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise TooSlow() from error
