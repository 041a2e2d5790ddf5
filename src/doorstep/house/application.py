"""Puts the HTTP application together out of the rooms' routes."""

import warnings
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Router
from litestar.exceptions import LitestarDeprecationWarning
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Contact, License

from doorstep import __version__
from doorstep.house.authentication import Authentication, provided
from doorstep.house.desk import FOLDER, desk_route
from doorstep.house.guard import check_every_route_is_guarded, guard_for
from doorstep.house.headers import with_headers
from doorstep.house.health import Check, health_routes
from doorstep.house.intake import intake_guard
from doorstep.house.metrics import Gauge, Metrics, metrics_route
from doorstep.house.problems import problem
from doorstep.house.requests import TimeLimit, with_request_id
from doorstep.house.schema import SchemaPage, describe_problems
from doorstep.kernel import Bus, Clock, SystemClock
from doorstep.people import ANYONE, Gate
from doorstep.store import Database


class HouseSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What the edge must know. `public_url` is the address people type; https makes cookies Secure."""

    public_url: str
    metrics_token: str = ""
    body_bytes: int = 1_000_000
    """The largest body taken; a route raises it by `request_max_body_size`."""
    request_seconds: float = 30.0
    """How long an answer may take to begin; a route sets its own by `opt["seconds"]`."""
    desk: Path = FOLDER


def application(
    routes: Sequence[Any],
    *,
    db: Database,
    bus: Bus,
    settings: HouseSettings,
    clock: Clock | None = None,
    ready_checks: Sequence[Check] = (),
    gauges: Sequence[Gauge] = (),
    is_full: Callable[[], bool] = lambda: False,
    **more: Any,
) -> Litestar:
    """The application: `routes` of all rooms, and around them what every request passes.

    While `is_full()`, routes with `opt["intake"]` answer 503. `more` goes to Litestar (`lifespan`,
    `dependencies`, …). Raises `Misconfigured` when a route does not say who may use it.
    """
    clock = clock or SystemClock()
    https = settings.public_url.startswith("https:")
    metrics = Metrics(gauges)
    own = [metrics_route(metrics, settings.metrics_token), desk_route(settings.desk)]
    dependencies = provided(db, bus, Gate(clock, https)) | more.pop("dependencies", {})
    with warnings.catch_warnings():
        # Handlers name what they want by parameter, which Litestar 2 infers; 3 will want it marked.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        app = Litestar(
            [*_by_room(routes), *health_routes(db, ready_checks), *own],
            dependencies=dependencies,
            guards=[guard_for(settings.public_url), intake_guard(is_full)],
            middleware=[Authentication(db, clock), TimeLimit(settings.request_seconds)],
            exception_handlers={Exception: problem},
            openapi_config=_schema(),
            request_max_body_size=settings.body_bytes,
            logging_config=None,
            **more,
        )
    check_every_route_is_guarded(app)
    describe_problems(app.openapi_schema)
    app.asgi_handler = with_request_id(with_headers(app.asgi_handler, https), metrics.observe)
    return app


def _by_room(routes: Sequence[Any]) -> list[Router]:
    """The routes, those of one room under one tag."""
    by_room = sorted(routes, key=_room)
    return [Router("/", route_handlers=list(own), tags=[room]) for room, own in groupby(by_room, key=_room)]


def _room(route: Any) -> str:
    """`commerce` for a handler of `doorstep.commerce.api`."""
    module = str(getattr(getattr(route, "fn", route), "__module__", ""))
    parts = module.removeprefix("doorstep.").split(".")
    return parts[0]


def _schema() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Doorstep",
        version=__version__,
        description="The desk's own interface: what the desk can do, a program can do.",
        license=License("Apache-2.0", identifier="Apache-2.0"),
        contact=Contact(name="The Doorstep authors"),
        use_handler_docstrings=True,
        render_plugins=[SchemaPage(), JsonRenderPlugin(path="/openapi.json")],
        openapi_router=Router("/api/schema", route_handlers=[], opt=dict(ANYONE), include_in_schema=False),
    )
