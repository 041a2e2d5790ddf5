"""Somebody forgot their password, and an administrator lets them in again."""

import pytest

from doorstep.kernel import NotFound
from doorstep.people import COOKIE, Role
from doorstep.people.set_password import set_password_of
from doorstep.store import Database
from tests.house_edge.house import PASSWORD, begin, hire, house, told

GIVEN, OWN = "given by somebody", "known to me alone"


async def test_it_lets_them_in_once_to_choose_their_own(database: Database) -> None:
    desk = house(database)
    mia = await hire(database, Role.AUDITOR, "mia")
    token, _ = await begin(database, mia, desk.clock)
    for _ in range(5):
        await desk.browser().post("/api/session", json={"sign_in": "mia", "password": "forgotten"})
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    weak = await administrator.post(f"/api/agents/{mia}/password", json={"password": "mia"})
    assert weak.status_code == 400
    answer = await administrator.post(f"/api/agents/{mia}/password", json={"password": GIVEN})
    assert answer.status_code == 204
    old = await desk.browser(Cookie=f"{COOKIE}={token}").get("/api/audit")
    assert old.status_code == 401
    kinds = await told(database)
    assert [kind for kind, *_ in kinds][-1] == "password.set"
    assert GIVEN not in str(kinds)
    browser = desk.browser()
    entered = await browser.post("/api/session", json={"sign_in": "mia", "password": GIVEN})
    assert (entered.status_code, entered.json()["must_change_password"]) == (201, True)
    browser.headers["X-CSRF-Token"] = entered.json()["csrf"]
    refused = await browser.get("/api/audit")
    assert (refused.status_code, "password of your own" in refused.json()["detail"]) == (403, True)
    assert (await browser.get("/api/session")).json()["must_change_password"]
    same = await browser.post("/api/session/password", json={"current": GIVEN, "new": GIVEN})
    assert same.status_code == 400
    chosen = await browser.post("/api/session/password", json={"current": GIVEN, "new": OWN})
    assert chosen.status_code == 204
    assert (await browser.get("/api/audit")).status_code == 200


async def test_not_ones_own_and_not_of_somebody_who_left(database: Database) -> None:
    administrator = await house(database).signed_in(Role.ADMINISTRATOR)
    me = (await administrator.get("/api/session")).json()["agent_id"]
    own = await administrator.post(f"/api/agents/{me}/password", json={"password": GIVEN})
    assert own.status_code == 409
    leo = await hire(database, Role.AGENT, "leo")
    await administrator.delete(f"/api/agents/{leo}")
    gone = await administrator.post(f"/api/agents/{leo}/password", json={"password": GIVEN})
    assert gone.status_code == 404


async def test_by_name_at_the_command_line(database: Database) -> None:
    await hire(database, Role.ADMINISTRATOR, "mia")
    async with database.transaction() as tx:
        await set_password_of(tx, " MIA ", GIVEN)
        with pytest.raises(NotFound):
            await set_password_of(tx, "nobody", GIVEN)
    browser = house(database).browser()
    old = await browser.post("/api/session", json={"sign_in": "mia", "password": PASSWORD})
    assert old.status_code == 401
    new = await browser.post("/api/session", json={"sign_in": "mia", "password": GIVEN})
    assert new.status_code == 201
