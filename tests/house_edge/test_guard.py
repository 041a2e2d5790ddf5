"""A change must be asked for on our own pages; a route must say who may use it."""

import pytest
from litestar import get, post

from doorstep.kernel import Misconfigured
from doorstep.people import AGENTS, ANYONE, READERS, Role
from doorstep.store import Database
from tests.house_edge.house import House, house


@post("/api/change", opt=AGENTS, sync_to_thread=False)
def change() -> str:
    return "changed"


@post("/api/public", opt=ANYONE, sync_to_thread=False)
def knock() -> str:
    return "heard"


@post("/api/read-mark", opt=READERS, sync_to_thread=False)
def mark() -> str:
    return "marked"


@pytest.fixture
def desk(database: Database) -> House:
    return house(database, [change, knock, mark])


async def test_a_route_that_does_not_say_who_may_use_it_stops_the_start(database: Database) -> None:
    @get("/api/forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return "oh"

    with pytest.raises(Misconfigured, match="GET /api/forgotten"):
        house(database, [forgotten])


@pytest.mark.parametrize("token", [None, "", "made-up", "ü"])
async def test_without_the_sessions_token_nothing_changes(desk: House, token: str | None) -> None:
    agent = await desk.signed_in()
    del agent.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token.encode()}
    answer = await agent.post("/api/change", headers=headers)
    assert answer.status_code == 403
    assert "X-CSRF-Token" in answer.json()["detail"]


async def test_the_token_of_another_session_is_none(desk: House) -> None:
    mia, leo = await desk.signed_in(), await desk.signed_in()
    answer = await mia.post("/api/change", headers={"X-CSRF-Token": leo.headers["X-CSRF-Token"]})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Origin": "http://desk.test"}, 201),
        ({"Origin": "http://desk.test", "Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "none"}, 201),
        ({"Origin": "http://localhost:8000", "Host": "localhost:8000"}, 201),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://desk.test.evil.test"}, 403),
        ({"Origin": "http://desk.test:81"}, 403),
        ({"Origin": "http://desk.test", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_only_our_own_pages_may_ask(desk: House, headers: dict[str, str], status: int) -> None:
    agent = await desk.signed_in()
    assert (await agent.post("/api/change", headers=headers)).status_code == status
    assert (await desk.browser().post("/api/public", headers=headers)).status_code == status


async def test_the_auditor_reads_and_changes_nothing(desk: House) -> None:
    auditor = await desk.signed_in(Role.AUDITOR)
    assert (await auditor.get("/api/session")).status_code == 200
    assert (await auditor.post("/api/read-mark")).status_code == 403
    assert (await auditor.delete("/api/session")).status_code == 204
