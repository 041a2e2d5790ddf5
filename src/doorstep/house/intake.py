"""Intake: a route that takes in from outside says so (`opt["intake"]`), and is closed while we are full."""

from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Guard

from doorstep.kernel import Overloaded

RETRY_AFTER = 30
"""Seconds after which to send it again."""


def intake_guard(is_full: Callable[[], bool]) -> Guard:
    """A guard that raises `Overloaded` at such a route while `is_full()`."""

    def guard(_: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        if handler.opt.get("intake") and is_full():
            raise Overloaded(retry_after=RETRY_AFTER)

    return guard
