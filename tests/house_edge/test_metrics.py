"""Prometheus asks how it goes."""

import pytest

from doorstep.house import Gauge
from doorstep.store import Database
from tests.house_edge.house import house


async def waiting() -> float:
    return 42


async def away() -> float:
    raise ConnectionError


GAUGES = [
    Gauge("doorstep_backlog", "Signals that wait.", waiting),
    Gauge("doorstep_undelivered", "Signals given up.", away),
]


async def test_requests_are_counted_by_route_and_status(database: Database) -> None:
    browser = house(database, gauges=GAUGES).browser()
    for _ in range(3):
        await browser.get("/api/session")
    await browser.get("/api/anything/that/is/none")
    await browser.request("BREW", "/api/session")
    text = (await browser.get("/metrics")).text
    counted = 'doorstep_http_request_seconds_count{method="GET",route="/api/session",status="200"} 3.0'
    assert counted in text
    assert 'route="unmatched",status="404"' in text
    assert 'method="other"' in text
    assert "anything" not in text
    assert "BREW" not in text
    assert "doorstep_backlog 42.0" in text
    assert "doorstep_undelivered NaN" in text


@pytest.mark.parametrize(
    ("token", "address", "headers", "status"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "::1", {}, 200),
        ("", "10.0.0.9", {}, 403),
        ("", "127.0.0.1", {"X-Forwarded-For": "10.0.0.9"}, 403),
        ("", "a socket", {}, 403),
        ("open-sesame", "127.0.0.1", {}, 403),
        ("open-sesame", "10.0.0.9", {"Authorization": "Bearer open-sesame"}, 200),
        ("open-sesame", "10.0.0.9", {"Authorization": "Bearer open-barley"}, 403),
    ],
)
async def test_they_are_not_for_everybody(
    database: Database, token: str, address: str, headers: dict[str, str], status: int
) -> None:
    desk = house(database, metrics_token=token)
    assert (await desk.browser(address).get("/metrics", headers=headers)).status_code == status
