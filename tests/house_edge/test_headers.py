"""What every answer carries, whatever it is."""

import pytest
from litestar import Response, get

from doorstep.people import ANYONE
from doorstep.store import Database
from tests.house_edge.house import house


@get("/api/page", opt=ANYONE, sync_to_thread=False)
def page() -> Response[str]:
    return Response("<p>", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60"})


@pytest.mark.parametrize("path", ["/", "/api/session", "/api/nowhere", "/health/live", "/api/schema"])
async def test_nothing_goes_out_without_them(database: Database, path: str) -> None:
    headers = (await house(database).browser().get(path)).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


async def test_over_https_browsers_are_told_to_stay_there(database: Database) -> None:
    headers = (await house(database, public_url="https://desk.test").browser().get("/health/live")).headers
    assert headers["Strict-Transport-Security"].startswith("max-age=")


async def test_the_interface_is_not_cached_and_a_route_keeps_its_own(database: Database) -> None:
    browser = house(database, [page]).browser()
    assert (await browser.get("/api/session")).headers["Cache-Control"] == "no-store"
    own = (await browser.get("/api/page")).headers
    assert (own["Content-Security-Policy"], own["Cache-Control"]) == ("sandbox", "max-age=60")
