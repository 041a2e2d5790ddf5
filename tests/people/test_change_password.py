"""Somebody changes their password."""

import pytest

from doorstep.people import COOKIE, Role
from doorstep.store import Database
from tests.house_edge.house import PASSWORD, House, begin, hire, house

NEW = "a better password"


@pytest.fixture
def desk(database: Database) -> House:
    return house(database)


async def test_the_new_one_works_and_other_sessions_end(desk: House) -> None:
    agent_id = await hire(desk.db, Role.AUDITOR, "mia")
    here, elsewhere = [await begin(desk.db, agent_id, desk.clock) for _ in range(2)]
    browser = desk.browser(**{"X-CSRF-Token": here[1].csrf})
    browser.cookies.set(COOKIE, here[0])
    answer = await browser.post("/api/session/password", json={"current": PASSWORD, "new": NEW})
    assert answer.status_code == 204
    assert (await browser.get("/api/session")).json() is not None
    other = desk.browser(Cookie=f"{COOKIE}={elsewhere[0]}")
    assert (await other.get("/api/session")).json() is None
    for password, status in ((PASSWORD, 401), (NEW, 201)):
        tried = await desk.browser().post("/api/session", json={"sign_in": "mia", "password": password})
        assert tried.status_code == status


async def test_the_current_one_cannot_be_guessed_for_long(desk: House) -> None:
    browser = await desk.signed_in()
    wrong = {"current": "not this one", "new": NEW}
    statuses = [(await browser.post("/api/session/password", json=wrong)).status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]


async def test_a_weak_one_is_refused_with_the_reason(desk: House) -> None:
    browser = await desk.signed_in()
    answer = await browser.post("/api/session/password", json={"current": PASSWORD, "new": "short"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "A password has 10 to 1024 characters."
    assert answer.json()["field"] == "password"
