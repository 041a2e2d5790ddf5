"""Figures for Prometheus: requests by route and status, and gauges that the rooms register.

`/metrics` answers whoever shows the token of the setting `metrics_token`; without that setting, this machine
only, and nobody who comes through a proxy.
"""

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import structlog
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client import Gauge as PrometheusGauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from doorstep.kernel import Refused
from doorstep.people import ANYONE

log = structlog.get_logger()

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Gauge(msgspec.Struct, frozen=True):
    """A figure read when Prometheus asks. `name` begins with `doorstep_` and ends with its unit."""

    name: str
    help: str
    read: Callable[[], Awaitable[float]]


class Metrics:
    """The figures of one application."""

    def __init__(self, gauges: Sequence[Gauge]) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "doorstep_http_request_seconds",
            "Seconds until the answer to a request began.",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._gauges = [(g, PrometheusGauge(g.name, g.help, registry=self.registry)) for g in gauges]

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, status).observe(seconds)

    async def text(self) -> bytes:
        """Everything, in Prometheus's text format. A gauge that cannot be read is NaN."""
        for gauge, figure in self._gauges:
            try:
                figure.set(await gauge.read())
            except Exception as error:
                log.warning("gauge.unread", gauge=gauge.name, error=repr(error))
                figure.set(float("nan"))
        return generate_latest(self.registry)


def metrics_route(metrics: Metrics, token: str) -> HTTPRouteHandler:
    """`GET /metrics`."""

    @get("/metrics", opt=ANYONE, include_in_schema=False)
    async def read_metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        _check(request, token)
        return Response(await metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return read_metrics


def _check(request: Request[Any, Any, Any], token: str) -> None:
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise Refused("Show the token of the setting metrics_token as Authorization: Bearer …")
    elif not _is_local(request):
        raise Refused("Only this machine may read the metrics. Set metrics_token to let others in.")


def _is_local(request: Request[Any, Any, Any]) -> bool:
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
