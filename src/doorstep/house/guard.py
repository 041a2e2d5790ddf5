"""Who gets in: the roles a route names, and the proof that a change was asked for on our own pages."""

import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import Guard

from doorstep.kernel import Misconfigured, Refused, SignInNeeded
from doorstep.people import READING, Session, is_allowed

Connection = ASGIConnection[Any, Any, Any, Any]


def guard_for(public_url: str) -> Guard:
    """The one guard of the application. Raises `SignInNeeded` or `Refused`."""
    ours = origin_of(public_url)

    def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        method = str(connection.scope.get("method", "GET"))
        if method == "OPTIONS":
            return
        if method not in READING:
            _check_origin(connection, ours)
        if handler.opt["roles"]:
            _check_session(connection, method, handler.opt)

    return guard


def _check_session(connection: Connection, method: str, opt: dict[str, Any]) -> None:
    session: Session | None = connection.scope["state"].get("session")
    if session is None:
        raise SignInNeeded()
    if not is_allowed(session.me.role, method, opt):
        raise Refused()
    if session.must_change_password and not opt.get("own"):
        raise Refused("Choose a password of your own first: somebody else chose the one you have.")
    given = connection.headers.get("X-CSRF-Token", "")
    if method not in READING and not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Refused("The header X-CSRF-Token is missing or old. Reload the page, then try again.")


def _check_origin(connection: Connection, ours: str) -> None:
    """Refuse what a browser sends from another site; a program that is no browser sends no origin."""
    origin = connection.headers.get("Origin")
    host = connection.headers.get("Host", "")
    if origin is not None and not _is_own(origin, ours, host):
        raise Refused("This request comes from another site's page.")
    if connection.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Refused("This request comes from another site's page.")


def _is_own(origin: str, ours: str, host: str) -> bool:
    try:
        return origin_of(origin) == ours or (bool(host) and urlsplit(origin).netloc == host)
    except ValueError:
        return False


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, as browsers write an origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def check_every_route_is_guarded(app: Litestar) -> None:
    """Refuse to start with a route that does not say who may use it. Raises `Misconfigured`, naming all."""
    open_doors = [path for path, handler in routes_of(app) if "roles" not in handler.opt]
    if open_doors:
        raise Misconfigured(f"These routes do not say who may use them (opt=…): {', '.join(open_doors)}.")


def routes_of(app: Litestar) -> list[tuple[str, BaseRouteHandler]]:
    """Every path with its handler, but for the answers to OPTIONS that Litestar adds by itself."""
    return [
        (f"{'/'.join(sorted(_methods(handler)))} {route.path}", handler)
        for route in app.routes
        for handler in (route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler])
        if _methods(handler) != {"OPTIONS"}
    ]


def _methods(handler: BaseRouteHandler) -> set[str]:
    return {str(method) for method in getattr(handler, "http_methods", ())}
