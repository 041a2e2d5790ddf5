"""One id from door to log to answer; and nothing secret in the log."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from litestar import get

from doorstep.house import set_up_logs
from doorstep.people import ANYONE, COOKIE, READERS, Role
from doorstep.store import Connection, Database
from tests.house_edge.house import PASSWORD, House, hire, house

log = structlog.get_logger("room")


@get("/api/customers/{name:str}", opt=READERS)
async def read(name: str) -> str:
    log.info("room.read")
    return name


@get("/api/bug", opt=ANYONE)
async def stumble(tx: Connection) -> None:
    password = PASSWORD
    raise RuntimeError(f"something with {len(password)} letters")


@pytest.fixture(params=["json", "console"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers, root.level, structlog.get_config()
    written = io.StringIO()
    set_up_logs(as_json=request.param == "json", to=written)
    yield written
    root.handlers, root.level = before[:2]
    structlog.configure(**before[2])


@pytest.fixture
async def desk(database: Database) -> House:
    await hire(database, Role.AGENT, "mia")
    return house(database, [read, stumble])


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    every = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in every if line["logger"] != "httpx"]


@pytest.mark.parametrize("written", ["json"], indirect=True)
async def test_a_request_is_one_line_with_its_route_and_not_its_values(
    desk: House, written: io.StringIO
) -> None:
    agent = await desk.signed_in()
    answer = await agent.get("/api/customers/ines?secret=1", headers={"X-Request-Id": "abc-12345"})
    room, request = lines(written)
    assert answer.headers["X-Request-Id"] == room["request_id"] == request["request_id"] == "abc-12345"
    assert room["event"] == "room.read"
    assert (request["method"], request["route"], request["status"]) == (
        "GET",
        "/api/customers/{name}",
        200,
    )
    assert request["ms"] > 0
    assert request["agent_id"] == (await agent.get("/api/session")).json()["agent_id"]
    assert "ines" not in str([room, request])
    assert "secret" not in str([room, request])


async def test_no_secret_comes_into_the_log(desk: House, written: io.StringIO) -> None:
    browser = desk.browser()
    right = await browser.post("/api/session", json={"sign_in": "mia", "password": PASSWORD})
    await browser.post("/api/session", json={"sign_in": "mia", "password": "hunter2hunter2"})
    await browser.post("/api/session", json={"sign_in": "mia", "password": ["hunter2hunter2"]})
    await browser.post("/api/session", content=b'{"password": "hunter2hunter2')
    await browser.get("/api/bug")
    said = written.getvalue()
    assert "something with 21 letters" in said
    for secret in (PASSWORD, "hunter2", browser.cookies[COOKIE], right.json()["csrf"], "mia"):
        assert secret not in said


@pytest.mark.parametrize("written", ["json"], indirect=True)
async def test_an_error_nobody_foresaw_is_logged_with_its_traceback(
    desk: House, written: io.StringIO
) -> None:
    answer = await desk.browser().get("/api/bug")
    failed, _ = lines(written)
    assert failed["request_id"] == answer.json()["request_id"]
    assert "RuntimeError: something with 21 letters" in failed["exception"]
    assert "in stumble" in failed["exception"]


@pytest.mark.parametrize("insane", ["", "short", "x" * 65, 'in"jected', "two words"])
async def test_an_id_that_is_not_sane_is_replaced(desk: House, insane: str) -> None:
    answer = await desk.browser().get("/health/live", headers={"X-Request-Id": insane})
    assert len(answer.headers["X-Request-Id"]) == 36


async def test_an_address_that_is_none_has_an_id_too(desk: House) -> None:
    assert (await desk.browser().get("/api/nowhere")).headers["X-Request-Id"]
